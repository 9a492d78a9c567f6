import type { FastifyInstance, FastifyRequest } from 'fastify';
import { authenticate } from '../app/access/authenticate.ts';
import { requireScope } from '../app/access/require-scope.ts';
import { acceptedTimes, acceptSpans } from '../app/telemetry/accept-spans.ts';
import { VerdantError } from '../contract/errors.ts';
import { BodyIntake } from './otlp/body-intake.ts';
import type { OtlpTracesEvent } from './otlp/otlp-traces-deps.ts';
import { registerOtlpTraces } from './otlp/register-otlp-traces.ts';
import { bearerOf } from './plugins/access-control.ts';
import { guarded } from './route-access.ts';
import type { ServerDeps } from './server-deps.ts';

const INGEST = {
  ...guarded('ingest', { open: 'checks its token itself, so that refusals come in the encoding of the request' }),
  rateLimit: false as const,
};

/** One for both doors of a process: what they hold together must fit. */
const intakes = new WeakMap<ServerDeps['ctx']['ingest'], BodyIntake>();

function intakeOf({ ingest, config }: ServerDeps['ctx']): BodyIntake {
  const intake = intakes.get(ingest) ?? new BodyIntake(config.maxPendingBytes);
  intakes.set(ingest, intake);
  return intake;
}

/** OTLP over HTTP: spans in, each payload acknowledged when it is durable. */
export async function registerTraceIngest(app: FastifyInstance, { ctx }: ServerDeps): Promise<void> {
  const origins = ctx.config.corsOrigins;
  await app.register(async (scope) => {
    scope.addHook('onRoute', (route) => {
      route.config = { ...INGEST, ...route.config };
    });
    registerOtlpTraces(scope, {
      authenticate: async (request: FastifyRequest) => {
        const bearer = bearerOf(request);
        if (bearer === undefined) throw new VerdantError('unauthenticated');
        requireScope(await authenticate(ctx, { bearer }), 'ingest:write');
      },
      write: ({ spans, bytes }) => acceptSpans(ctx, spans, bytes).then(() => ({ rejected: 0, reasons: [] })),
      timePolicy: () => acceptedTimes(ctx),
      limits: { maxBodyBytes: ctx.config.maxBodyBytes, maxDecompressedBytes: ctx.config.maxDecompressedBytes },
      intake: intakeOf(ctx),
      corsOrigins: origins === '*' ? '*' : origins.split(',').map((origin) => origin.trim()),
      observe: (event) => countExport(ctx.ingest, event),
    });
  });
}

function countExport(counters: ServerDeps['ctx']['ingest'], event: OtlpTracesEvent): void {
  counters.requests += 1;
  counters.spansAccepted += event.acceptedSpans;
  counters.spansRejected += event.rejectedSpans;
  counters.bytes += event.payloadBytes;
  if (event.outcome !== 'accepted' && event.outcome !== 'partial') counters.failedRequests += 1;
}
