import type { FastifyInstance } from 'fastify';
import { VerdantError } from '../../contract/errors.ts';
import { guarded } from '../route-access.ts';
import type { ServerDeps } from '../server-deps.ts';
import { type EventStream, openEventStream } from '../server-sent-events.ts';

const MAX_READERS = 1000;

/** `GET /api/v1/live`: an event whenever the ledger moved, so that open pages need no reload. */
export function registerLive(app: FastifyInstance, { ctx }: ServerDeps): void {
  const streams = new Set<EventStream>();
  app.addHook('preClose', async () => {
    for (const stream of streams) stream.end();
  });
  app.get(
    '/api/v1/live',
    {
      config: guarded('pages', { scope: 'objectives:read' }),
      schema: { summary: 'Server-sent events: the ledger moved', tags: ['Live'], hide: false },
    },
    (_request, reply) => {
      if (ctx.live.listeners >= MAX_READERS) throw new VerdantError('too-many-requests', { retryAfter: 30 });
      const stream = openEventStream(reply);
      const unsubscribe = ctx.live.subscribe((event) => stream.send('evaluated', event));
      streams.add(stream);
      stream.onClose(() => {
        unsubscribe();
        streams.delete(stream);
      });
      stream.send('evaluated', { watermark: new Date(ctx.evaluation.watermarkMs).toISOString(), changed: [] });
    },
  );
}
