import type { FastifyInstance } from 'fastify';
import { authenticate, type Credential } from '../../app/access/authenticate.ts';
import type { VerdantContext } from '../../app/verdant-context.ts';
import { VerdantError } from '../../contract/errors.ts';
import { credentialOf } from '../plugins/access-control.ts';
import { guarded } from '../route-access.ts';
import type { ServerDeps } from '../server-deps.ts';
import { type EventStream, openEventStream } from '../server-sent-events.ts';

const MAX_READERS = 1000;

/** Whoever lost the token or signed out hears nothing more, though the stream was opened before. */
async function stillMay(ctx: VerdantContext, credential: Credential): Promise<boolean> {
  try {
    return (await authenticate(ctx, credential)).scopes.includes('objectives:read');
  } catch (error) {
    if (error instanceof VerdantError && error.code === 'unauthenticated') return false;
    throw error;
  }
}

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
      // A HEAD would hold a stream open that never says anything.
      exposeHeadRoute: false,
      schema: { summary: 'Server-sent events: the ledger moved', tags: ['Live'], hide: false },
    },
    (request, reply) => {
      if (ctx.live.listeners >= MAX_READERS) throw new VerdantError('too-many-requests', { retryAfter: 30 });
      const stream = openEventStream(reply);
      const credential = credentialOf(request);
      const unsubscribe = ctx.live.subscribe((event) => {
        stillMay(ctx, credential).then(
          (may) => (may ? stream.send('evaluated', event) : stream.end()),
          (error: unknown) => request.log.error({ err: error }, 'a reader of live pages could not be checked'),
        );
      });
      streams.add(stream);
      stream.onClose(() => {
        unsubscribe();
        streams.delete(stream);
      });
      stream.send('evaluated', { watermark: new Date(ctx.evaluation.watermarkMs).toISOString(), changed: [] });
    },
  );
}
