import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import { systemActor } from '../../src/app/access/actor.ts';
import { PrincipalCache } from '../../src/app/access/principal-cache.ts';
import { backFillStep } from '../../src/app/evaluation/back-fill.ts';
import { evaluateFresh, resumeEvaluation } from '../../src/app/evaluation/evaluate-fresh.ts';
import { EvaluationState } from '../../src/app/evaluation/evaluation-state.ts';
import { LiveBus } from '../../src/app/live-bus.ts';
import { ObjectiveBook } from '../../src/app/objective/objective-book.ts';
import { rememberServiceLives } from '../../src/app/service/list-services.ts';
import { acceptSpans } from '../../src/app/telemetry/accept-spans.ts';
import { IngestCounters } from '../../src/app/telemetry/ingest-counters.ts';
import type { ActingContext } from '../../src/app/verdant-context.ts';
import { type Config, configSchema } from '../../src/contract/config.ts';
import { EndpointCap } from '../../src/core/telemetry/endpoint-cap.ts';
import type { Span } from '../../src/core/telemetry/span.ts';
import { ManualClock } from '../../src/lib/clock.ts';
import type { CatalogDb } from '../../src/store/catalog/catalog-db.ts';
import type { SqlEngine } from '../../src/store/telemetry/engine/sql-engine.ts';
import { applyPolicies } from '../../src/store/telemetry/migrations/apply-policies.ts';
import { migrateTelemetry } from '../../src/store/telemetry/migrations/migrate.ts';
import { SpanWriter } from '../../src/store/telemetry/span-writer.ts';
import { type CatalogOpener, describeOnBothCatalogs } from './catalogs.ts';
import { openTestChdb, openTestClickHouse, type TestEngine } from './clickhouse.ts';

/** Far ahead of every real clock, so that the engine's own retention never deletes what a test wrote. */
export const NOON = Date.UTC(2090, 10, 24, 12);

/** Writes of others to a shared store are waited for this long; see evaluate-fresh.ts. */
const SETTLE_MS = 40_000;

const TABLES = ['spans', 'ledger_minute', 'ledger_hour', 'ledger_day'];

/** The stores of one test, empty at its start, and contexts on them. */
export interface TestStores {
  readonly clock: ManualClock;
  readonly engine: SqlEngine;
  readonly catalog: CatalogDb;
  /** A context as boot makes it. Called again it is the same Verdant after a restart: nothing but the stores is kept. */
  start(options?: { readonly engine?: SqlEngine; readonly config?: Partial<Config> }): Promise<ActingContext>;
}

async function startContext(
  stores: Omit<TestStores, 'start'>,
  { engine = stores.engine, config = {} }: { readonly engine?: SqlEngine; readonly config?: Partial<Config> } = {},
): Promise<ActingContext> {
  const { clock, catalog } = stores;
  const spans = await SpanWriter.open(engine, clock, {
    flushRows: 20_000,
    flushIntervalMs: 1,
    maxPendingBytes: 100_000_000,
  });
  const ctx: ActingContext = {
    config: { ...configSchema.parse({}), ...config },
    clock,
    catalog,
    telemetry: { engine, spans, close: () => spans.close() },
    endpoints: new EndpointCap(),
    random: randomBytes,
    principals: new PrincipalCache(),
    objectives: new ObjectiveBook(catalog),
    evaluation: new EvaluationState(clock),
    ingest: new IngestCounters(),
    live: new LiveBus(),
    serviceLives: rememberServiceLives(engine, clock),
    actor: systemActor,
  };
  await resumeEvaluation(ctx);
  return ctx;
}

/** Empty stores on the engines of one describe; call it there. */
export function freshStores(openEngine: () => Promise<TestEngine>, catalogs: CatalogOpener): () => TestStores {
  let engine: TestEngine | undefined;
  let stores: TestStores | undefined;
  beforeAll(async () => {
    engine = await openEngine();
    await migrateTelemetry(engine.engine, { cluster: undefined });
    await applyPolicies(
      engine.engine,
      { cluster: undefined },
      { durability: 'process', spanRetentionMs: 35 * 864e5, ledgerRetentionMs: 400 * 864e5 },
    );
  });
  afterAll(() => engine?.dispose());
  beforeEach(async () => {
    if (engine === undefined) throw new Error('the engine is not open');
    for (const table of TABLES) await engine.engine.command(`TRUNCATE TABLE ${table}`);
    const clock = new ManualClock(NOON);
    const parts = { clock, engine: engine.engine, catalog: await catalogs.open({ clock }) };
    stores = { ...parts, start: (options) => startContext(parts, options) };
  });
  return () => {
    if (stores === undefined) throw new Error('stores are there within a test only');
    return stores;
  };
}

/** Runs the same tests on what a laptop has (chDB, PGlite) and on what a cluster has (ClickHouse, PostgreSQL). */
export function describeOnBothStacks(name: string, tests: (stores: () => TestStores) => void): void {
  describeOnBothCatalogs(name, (catalogs) => {
    const openEngine = catalogs.engine === 'pglite' ? openTestChdb : openTestClickHouse;
    tests(freshStores(openEngine, catalogs));
  });
}

/** Spans come in as one payload, and are durable. */
export const receive = (ctx: ActingContext, spans: readonly Span[]): Promise<void> => acceptSpans(ctx, spans, 1000);

/** Time passes until all that came is settled, and is counted; histories are computed to their end. */
export async function evaluateAll(ctx: ActingContext, clock: ManualClock): Promise<string[]> {
  clock.advance(SETTLE_MS);
  const changed = await evaluateFresh(ctx);
  while ((await backFillStep(ctx)).length > 0);
  return changed;
}
