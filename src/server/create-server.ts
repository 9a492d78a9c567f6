import cookie from '@fastify/cookie';
import rateLimit from '@fastify/rate-limit';
import fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify';
import { validatorCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod';
import { authenticate } from '../app/access/authenticate.ts';
import { VerdantError } from '../contract/errors.ts';
import { registerTraceIngest } from './ingest.ts';
import { addAccessControl } from './plugins/access-control.ts';
import { addErrorHandler, answerBrokenRequest, errorBody } from './plugins/errors.ts';
import { addOpenApi } from './plugins/open-api.ts';
import { addSecurityHeaders } from './plugins/security-headers.ts';
import { addWeb, readPage } from './plugins/web.ts';
import { registerSessions, registerTokens } from './routes/access.ts';
import { registerDefinitions } from './routes/definitions.ts';
import { registerDemo } from './routes/demo.ts';
import { registerHealth } from './routes/health.ts';
import { registerLive } from './routes/live.ts';
import { registerMetrics } from './routes/metrics.ts';
import { registerObjectiveReads, registerObjectiveWrites } from './routes/objectives.ts';
import { registerServices } from './routes/services.ts';
import type { ServerDeps } from './server-deps.ts';

/** Above these a request is none of ours. */
const BODY_LIMIT = 1024 * 1024;
const HEADERS_TIMEOUT_MS = 20_000;
const REQUEST_TIMEOUT_MS = 60_000;
/** Beyond the longest question or write: whoever waits gets its answer or its error, not a cut connection. */
const SILENCE_BEYOND_MS = 30_000;

/** Limits per caller on everything but ingest, which has limits of its own. */
const REQUESTS_PER_MINUTE = 3000;

function createApp({ ctx }: ServerDeps, logger: FastifyBaseLogger): FastifyInstance {
  return fastify({
    loggerInstance: logger,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: BODY_LIMIT,
    requestTimeout: REQUEST_TIMEOUT_MS,
    connectionTimeout: Math.max(ctx.config.queryTimeout, REQUEST_TIMEOUT_MS) + SILENCE_BEYOND_MS,
    http: { headersTimeout: HEADERS_TIMEOUT_MS },
    forceCloseConnections: 'idle',
    routerOptions: { ignoreTrailingSlash: false, maxParamLength: 300 },
    frameworkErrors: answerBrokenRequest,
  });
}

/** The whole server: pages, API and ingest on one port. */
export async function createServer(deps: ServerDeps, logger: FastifyBaseLogger): Promise<FastifyInstance> {
  const app = createApp(deps, logger).withTypeProvider<ZodTypeProvider>();
  app.setValidatorCompiler(validatorCompiler);
  // The compiler holds handlers to their schemas; checking each answer again would cost more than computing it.
  app.setSerializerCompiler(() => (data) => JSON.stringify(data));
  addErrorHandler(app);
  const page = deps.webDirectory === undefined ? undefined : await readPage(deps.webDirectory);
  app.setNotFoundHandler(async (request, reply) => {
    const error = new VerdantError('not-found');
    // A person who follows a wrong address sees a page that says so; a program gets what programs read.
    const isPerson = request.method === 'GET' && request.headers.accept?.includes('text/html') === true;
    if (page !== undefined && isPerson) return reply.code(error.status).type('text/html; charset=utf-8').send(page);
    return reply.code(error.status).send(errorBody(error));
  });
  await app.register(cookie);
  addSecurityHeaders(app);
  addAccessControl(app, (credential) => authenticate(deps.ctx, credential));
  await app.register(rateLimit, {
    max: REQUESTS_PER_MINUTE,
    timeWindow: '1 minute',
    errorResponseBuilder: (_request, { ttl }) => new VerdantError('too-many-requests', { retryAfter: ttl / 1000 }),
  });
  await addOpenApi(app, deps.version);
  await app.register(async (api) => {
    const routes = api.withTypeProvider<ZodTypeProvider>();
    registerHealth(routes, deps);
    registerSessions(routes, deps);
    registerTokens(routes, deps);
    registerObjectiveReads(routes, deps);
    registerObjectiveWrites(routes, deps);
    registerDefinitions(routes, deps);
    registerServices(routes, deps);
    registerDemo(routes, deps);
    registerLive(api, deps);
    registerMetrics(routes, deps);
  });
  await registerTraceIngest(app, deps);
  if (deps.webDirectory !== undefined) await addWeb(app, deps.webDirectory);
  return app;
}

/** A second door for OTLP alone, on the port where exporters look by default. */
export async function createOtlpServer(deps: ServerDeps, logger: FastifyBaseLogger): Promise<FastifyInstance> {
  const app = createApp(deps, logger);
  addErrorHandler(app);
  app.setNotFoundHandler(async () => {
    throw new VerdantError('not-found');
  });
  addSecurityHeaders(app);
  await registerTraceIngest(app, deps);
  return app;
}
