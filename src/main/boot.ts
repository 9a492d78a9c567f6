import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { systemActor } from '../app/access/actor.ts';
import { createSignInCode } from '../app/access/create-sign-in-code.ts';
import { ensureAdminToken } from '../app/access/ensure-admin-token.ts';
import { ensureIngestToken } from '../app/access/ensure-ingest-token.ts';
import { PrincipalCache } from '../app/access/principal-cache.ts';
import { resumeEvaluation } from '../app/evaluation/evaluate-fresh.ts';
import { EvaluationState } from '../app/evaluation/evaluation-state.ts';
import { LiveBus } from '../app/live-bus.ts';
import { keepNumbersApart } from '../app/objective/keep-numbers-apart.ts';
import { ObjectiveBook } from '../app/objective/objective-book.ts';
import { rememberServiceLives } from '../app/service/list-services.ts';
import { IngestCounters } from '../app/telemetry/ingest-counters.ts';
import { recallEndpoints } from '../app/telemetry/recall-endpoints.ts';
import type { VerdantContext } from '../app/verdant-context.ts';
import type { Config } from '../contract/config.ts';
import { VerdantError } from '../contract/errors.ts';
import { defaultEndpointCap, EndpointCap } from '../core/telemetry/endpoint-cap.ts';
import { EvaluationJob } from '../jobs/evaluation-job.ts';
import { type Clock, systemClock } from '../lib/clock.ts';
import { createOtlpServer, createServer } from '../server/create-server.ts';
import type { DemoControl } from '../server/server-deps.ts';
import { openCatalog } from '../store/catalog/open-catalog.ts';
import { openTelemetryStore } from '../store/telemetry/open-telemetry-store.ts';
import { builtFile } from './built-files.ts';
import { type DataDirectory, takeDataDirectory } from './data-directory.ts';
import { keepToken } from './token-file.ts';

/** A running Verdant. */
export interface RunningVerdant {
  readonly ctx: VerdantContext;
  readonly url: string;
  /** Undefined when the second OTLP port is off or taken. */
  readonly otlpUrl: string | undefined;
  readonly adminToken: string | undefined;
  readonly ingestToken: string | undefined;
  /** A link that signs in once. */
  signInLink(): Promise<string>;
  /** Takes nothing new, writes and counts what came, and lets go of everything. */
  stop(): Promise<void>;
}

export interface BootOptions {
  readonly config: Config;
  readonly version: string;
  readonly logger: Logger;
  readonly demo?: () => DemoControl | undefined;
  readonly clock?: Clock;
  /** Directory of the built web application; default: beside the program. */
  readonly webDirectory?: string | undefined;
}

async function openStores(config: Config, path: string, clock: Clock, logger: Logger) {
  const location =
    config.postgresUrl === undefined
      ? { dir: join(path, 'catalog'), durability: config.durability }
      : { url: config.postgresUrl };
  const telemetry = await openTelemetryStore(
    {
      dir: path,
      url: config.clickhouseUrl,
      cluster: config.clickhouseCluster,
      durability: config.durability,
      spanRetentionMs: config.spanRetention,
      ledgerRetentionMs: config.ledgerRetention,
      memoryBytes: config.engineMemoryBytes,
      queryMemoryBytes: config.queryMemoryBytes,
      queryTimeoutMs: config.queryTimeout,
      readSessions: config.engineSessions,
      flushRows: config.flushRows,
      flushIntervalMs: config.flushInterval,
      maxPendingBytes: config.maxPendingBytes,
    },
    clock,
  );
  try {
    return { telemetry, catalog: await openCatalog(location, { clock, logger }) };
  } catch (error) {
    await telemetry.close();
    throw error;
  }
}

async function buildContext(
  { telemetry, catalog }: Awaited<ReturnType<typeof openStores>>,
  { config, clock, logger }: { readonly config: Config; readonly clock: Clock; readonly logger: Logger },
): Promise<VerdantContext> {
  const endpoints = new EndpointCap({ ...defaultEndpointCap, endpointsPerService: config.maxEndpointsPerService });
  endpoints.seed(await recallEndpoints(telemetry.engine, clock, logger));
  const ctx: VerdantContext = {
    config,
    clock,
    catalog,
    telemetry,
    endpoints,
    random: randomBytes,
    principals: new PrincipalCache(),
    objectives: new ObjectiveBook(catalog),
    evaluation: new EvaluationState(clock),
    ingest: new IngestCounters(),
    live: new LiveBus(),
    serviceLives: rememberServiceLives(telemetry.engine, clock),
  };
  await keepNumbersApart(ctx);
  await resumeEvaluation(ctx);
  return ctx;
}

const SWEEP_MS = 50;

/** Lets requests under way end, and closes each connection as soon as it has nothing more to answer. */
async function closeServer(app: FastifyInstance): Promise<void> {
  const sweep = setInterval(() => app.server.closeIdleConnections(), SWEEP_MS);
  try {
    await app.close();
  } finally {
    clearInterval(sweep);
  }
}

/** Listens; a taken port is told in a sentence. */
async function listen(app: FastifyInstance, host: string, port: number): Promise<string> {
  try {
    return await app.listen({ host, port });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code !== 'EADDRINUSE') throw error;
    throw new VerdantError('port-in-use', { details: [{ message: `${host}:${port} is taken.` }], cause: error });
  }
}

/**
 * Starts Verdant in this process: takes the data directory, opens the stores, listens.
 * @throws VerdantError that says what is wrong with the configuration, the directory, a database or a port
 */
export async function bootVerdant(options: BootOptions): Promise<RunningVerdant> {
  const { config, version, logger } = options;
  const clock = options.clock ?? systemClock;
  const directory = await takeDataDirectory(config.data, version);
  const cleanups: (() => Promise<unknown>)[] = [async () => directory.release()];
  const undo = async (): Promise<void> => {
    for (const cleanup of cleanups.reverse())
      await cleanup().catch((error: unknown) => logger.error({ err: error }, 'stopping'));
    cleanups.length = 0;
  };
  try {
    return await start({ ...options, clock }, directory, cleanups, undo);
  } catch (error) {
    await undo();
    throw error;
  }
}

async function start(
  options: BootOptions & { readonly clock: Clock },
  directory: DataDirectory,
  cleanups: (() => Promise<unknown>)[],
  undo: () => Promise<void>,
): Promise<RunningVerdant> {
  const { config, version, logger } = options;
  const stores = await openStores(config, directory.path, options.clock, logger);
  cleanups.push(
    () => stores.catalog.close(),
    () => stores.telemetry.close(),
  );
  const ctx = await buildContext(stores, options);
  const system = { ...ctx, actor: systemActor };
  const adminToken = await keepToken(directory.path, 'admin-token', (input) => ensureAdminToken(system, input));
  const ingestToken = await keepToken(directory.path, 'ingest-token', (input) => ensureIngestToken(system, input));
  let url = '';
  const deps = {
    ctx,
    version,
    webDirectory: options.webDirectory ?? builtFile('web'),
    demo: options.demo ?? (() => undefined),
    publicUrl: () => (config.publicUrl ?? url).replace(/\/$/, ''),
  };
  const job = new EvaluationJob(ctx, logger);
  cleanups.push(async () => {
    await job.stop();
    await ctx.telemetry.spans.close();
    await job.finish();
  });
  const server = await createServer(deps, logger);
  cleanups.push(() => closeServer(server));
  url = await listen(server, config.host, config.port);
  let otlpUrl: string | undefined;
  if (config.otlpHttpPort !== 0 && config.otlpHttpPort !== config.port) {
    const otlp = await createOtlpServer(deps, logger);
    cleanups.push(() => closeServer(otlp));
    otlpUrl = await listen(otlp, config.host, config.otlpHttpPort);
  }
  job.start();
  return {
    ctx,
    url,
    otlpUrl,
    adminToken,
    ingestToken,
    signInLink: async () => `${deps.publicUrl()}/sign-in#code=${(await createSignInCode(system)).code}`,
    stop: undo,
  };
}
