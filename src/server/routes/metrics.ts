import { renderMetrics } from '../../app/metrics/render-metrics.ts';
import { actingAs } from '../acting.ts';
import { guarded } from '../route-access.ts';
import type { ServerDeps } from '../server-deps.ts';
import type { ZodApp } from '../zod-app.ts';

/** `GET /metrics`: Verdant's own numbers and those of each objective, in the text format of Prometheus (0.0.4). */
export function registerMetrics(app: ZodApp, { ctx, version }: ServerDeps): void {
  app.get(
    '/metrics',
    {
      config: guarded('operations', { scope: 'metrics:read' }),
      schema: { summary: 'Metrics in the text format of Prometheus', tags: ['Operations'] },
    },
    async (request, reply) => {
      reply.type('text/plain; version=0.0.4; charset=utf-8');
      return renderMetrics(actingAs(ctx, request), version);
    },
  );
}
