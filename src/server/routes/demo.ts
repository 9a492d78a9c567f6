import { z } from 'zod';
import { faultListSchema } from '../../contract/api/demo.ts';
import { VerdantError } from '../../contract/errors.ts';
import { guarded } from '../route-access.ts';
import type { ServerDeps } from '../server-deps.ts';
import type { ZodApp } from '../zod-app.ts';

const CONTROL_TIMEOUT_MS = 5000;
const SILENT = 'The demo bank does not answer.';
const faultName = z.object({ name: z.string().regex(/^[a-z0-9-]{1,40}$/) });

/** Faults of the demo bank, passed on to the process that runs it. */
export function registerDemo(app: ZodApp, deps: ServerDeps): void {
  const control = async (method: string, path: string): Promise<Response> => {
    const demo = deps.demo();
    if (demo === undefined) throw new VerdantError('not-a-demo');
    const answer = await fetch(`${demo.url}${path}`, {
      method,
      headers: { authorization: `Bearer ${demo.secret}` },
      signal: AbortSignal.timeout(CONTROL_TIMEOUT_MS),
    }).catch((cause: unknown) => {
      throw new VerdantError('store-unavailable', { message: SILENT, cause });
    });
    if (answer.status === 404) throw new VerdantError('not-found');
    if (!answer.ok) throw new VerdantError('store-unavailable', { message: SILENT });
    return answer;
  };
  app.get(
    '/api/v1/demo/faults',
    {
      config: guarded('demo', { scope: 'objectives:read' }),
      schema: { summary: 'Faults that the demo bank can have', tags: ['Demo'], response: { 200: faultListSchema } },
    },
    async () => faultListSchema.parse(await (await control('GET', '/faults')).json()),
  );
  for (const method of ['POST', 'DELETE'] as const) {
    app.route({
      method,
      url: '/api/v1/demo/faults/:name',
      config: guarded('demo', { scope: 'demo:write' }),
      schema: {
        summary: method === 'POST' ? 'Start a fault' : 'Stop a fault',
        tags: ['Demo'],
        params: faultName,
        response: { 204: z.null() },
      },
      handler: async (request, reply) => {
        await control(method, `/faults/${faultName.parse(request.params).name}`);
        return reply.code(204).send(null);
      },
    });
  }
}
