import fastify from 'fastify';
import { expect, it } from 'vitest';
import { type EventStream, openEventStream } from './server-sent-events.ts';

it('takes news for a reader that was just let go as told to nobody, and harms nothing', async () => {
  const app = fastify();
  const opened: EventStream[] = [];
  app.get('/', (_request, reply) => {
    opened.push(openEventStream(reply));
  });
  try {
    const url = await app.listen({ host: '127.0.0.1', port: 0 });
    const answer = await fetch(url);
    const [stream] = opened;
    expect(stream?.send('evaluated', { changed: [] })).toBe(true);
    stream?.end();
    expect(stream?.send('evaluated', { changed: ['late'] })).toBe(false);
    expect(await answer.text()).toBe('retry: 2000\n\nevent: evaluated\ndata: {"changed":[]}\n\n');
    expect(stream?.send('evaluated', { changed: ['later'] })).toBe(false);
  } finally {
    await app.close();
  }
});
