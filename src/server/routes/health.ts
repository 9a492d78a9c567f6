import { healthSchema } from '../../contract/api/health.ts';
import { guarded } from '../route-access.ts';
import type { ServerDeps } from '../server-deps.ts';
import type { ZodApp } from '../zod-app.ts';

/** Evaluation that has not moved for this long is behind. */
const BEHIND_MS = 60_000;

/** `GET /api/v1/health`: for load balancers and people; tells nothing that is secret. */
export function registerHealth(app: ZodApp, { ctx, version }: ServerDeps): void {
  app.get(
    '/api/v1/health',
    {
      config: guarded('operations', { open: 'tells versions and whether the server works, nothing else' }),
      schema: { summary: 'Whether the server works', tags: ['Operations'], response: { 200: healthSchema } },
    },
    async () => {
      const { watermarkMs } = ctx.evaluation;
      const behind = ctx.clock.now() - watermarkMs > BEHIND_MS;
      return {
        status: behind ? ('evaluation-behind' as const) : ('ok' as const),
        version,
        watermark: new Date(watermarkMs).toISOString(),
        telemetry: { engine: ctx.telemetry.engine.kind, version: ctx.telemetry.engine.version },
        catalog: { engine: ctx.catalog.engine, version: ctx.catalog.version },
      };
    },
  );
}
