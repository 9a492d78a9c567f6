import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { testServers } from '../../test/factories/test-server.ts';
import { watchLogin } from '../../test/factories/watched-objective.ts';
import { evaluatedEventSchema } from '../contract/api/live.ts';
import { EvaluationJob } from '../jobs/evaluation-job.ts';

/** Reads a stream of server-sent events: name and data of each, as a browser would. */
async function* eventsOf(body: ReadableStream<Uint8Array>): AsyncGenerator<{ event: string; data: unknown }> {
  let text = '';
  for await (const chunk of body.pipeThrough(new TextDecoderStream())) {
    text += chunk;
    for (let end = text.indexOf('\n\n'); end !== -1; end = text.indexOf('\n\n')) {
      const fields = text.slice(0, end).split('\n');
      text = text.slice(end + 2);
      const event = fields.find((line) => line.startsWith('event: '))?.slice(7);
      const data = fields.find((line) => line.startsWith('data: '))?.slice(6);
      if (event !== undefined && data !== undefined) yield { event, data: JSON.parse(data) };
    }
  }
}

async function until(holds: () => boolean): Promise<void> {
  for (let tries = 0; !holds(); tries++) {
    if (tries > 500) throw new Error('it never came to hold');
    await sleep(10);
  }
}

describe('live pages', () => {
  const serve = testServers();

  it('hear which objectives changed, and cost nothing once they are closed', async () => {
    const { app, ctx, stores, token } = await serve();
    await watchLogin(ctx, stores.clock);
    const url = await app.listen({ host: '127.0.0.1', port: 0 });
    const leave = new AbortController();
    const answer = await fetch(`${url}/api/v1/live`, {
      headers: { authorization: await token('objectives:read') },
      signal: leave.signal,
    });
    expect(answer.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    if (answer.body === null) throw new Error('no body');
    const events = eventsOf(answer.body);
    const hear = async () => {
      const { event, data } = (await events.next()).value ?? {};
      expect(event).toBe('evaluated');
      return evaluatedEventSchema.parse(data);
    };
    const watermark = new Date(ctx.evaluation.watermarkMs).toISOString();
    expect(await hear()).toEqual({ watermark, changed: [] });
    expect(ctx.live.listeners).toBe(1);
    const moved = ctx.evaluation.watermarkMs;
    await watchLogin(ctx, stores.clock);
    await new EvaluationJob(ctx, { error: (details) => expect(details).toBe('no error') }).runOnce();
    const news = await hear();
    expect(new Date(news.watermark).getTime()).toBeGreaterThan(moved);
    ctx.live.publish({ watermark, changed: ['login', 'üñî\n'] });
    expect(await hear()).toEqual({ watermark, changed: ['login', 'üñî\n'] });
    leave.abort();
    await until(() => ctx.live.listeners === 0);
  });

  it('are let go when the server stops', async () => {
    const { app, ctx, token } = await serve();
    const url = await app.listen({ host: '127.0.0.1', port: 0 });
    const answer = await fetch(`${url}/api/v1/live`, { headers: { authorization: await token('objectives:read') } });
    if (answer.body === null) throw new Error('no body');
    const events = eventsOf(answer.body);
    await events.next();
    const closed = app.close();
    expect((await events.next()).done).toBe(true);
    await closed;
    await until(() => ctx.live.listeners === 0);
  });

  it('that read too slowly are cut off and hold no memory', async () => {
    const { app, ctx, token } = await serve();
    const url = await app.listen({ host: '127.0.0.1', port: 0 });
    const leave = new AbortController();
    const answer = await fetch(`${url}/api/v1/live`, {
      headers: { authorization: await token('objectives:read') },
      signal: leave.signal,
    });
    expect(answer.status).toBe(200);
    const changed = Array.from({ length: 1000 }, (_, index) => `objective-with-a-long-name-${index}`);
    for (let round = 0; round < 500 && ctx.live.listeners > 0; round++) {
      ctx.live.publish({ watermark: new Date(0).toISOString(), changed });
      await sleep(1);
    }
    await until(() => ctx.live.listeners === 0);
    leave.abort();
  });
});
