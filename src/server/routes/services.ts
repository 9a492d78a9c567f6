import { z } from 'zod';
import { readEndpoints, readServices } from '../../app/service/list-services.ts';
import { endpointListSchema, serviceListSchema } from '../../contract/api/services.ts';
import { actingAs } from '../acting.ts';
import { guarded } from '../route-access.ts';
import type { ServerDeps } from '../server-deps.ts';
import type { ZodApp } from '../zod-app.ts';

const READ = guarded('services', { scope: 'objectives:read' });
const TAGS = ['Services'];
const params = z.object({ name: z.string().min(1).max(200) });

/** Services and endpoints, discovered from spans. */
export function registerServices(app: ZodApp, { ctx }: ServerDeps): void {
  app.get(
    '/api/v1/services',
    { config: READ, schema: { summary: 'Services that send spans', tags: TAGS, response: { 200: serviceListSchema } } },
    async (request) => ({ services: await readServices(actingAs(ctx, request)) }),
  );
  app.get(
    '/api/v1/services/:name/endpoints',
    {
      config: READ,
      schema: { summary: 'Endpoints of a service', tags: TAGS, params, response: { 200: endpointListSchema } },
    },
    async (request) => ({
      service: request.params.name,
      endpoints: await readEndpoints(actingAs(ctx, request), request.params.name),
    }),
  );
}
