import { describe, expect, it } from 'vitest';
import { testServers } from '../../test/factories/test-server.ts';
import { revokeToken } from '../app/access/revoke-token.ts';
import { errorBodySchema } from '../contract/api/error-body.ts';
import { VerdantError } from '../contract/errors.ts';
import { allScopes } from '../contract/scopes.ts';

const objective = (text: string) => ({
  apiVersion: 'verdant/v1',
  kind: 'Objective',
  metadata: { name: 'hostile' },
  spec: { owner: text, audience: 'sre', target: '99%', indicator: { kind: 'request-availability', service: 'shop' } },
});

describe('a hostile sender', () => {
  const serve = testServers();

  it('cannot leave escapes for the terminals of others', async () => {
    const { app, token } = await serve();
    const authorization = await token(...allScopes);
    for (const text of ['\u001b]0;owned\u0007', '\u009b31m', '\u202egnp', '\ud800', '\u0000']) {
      const created = await app.inject({
        method: 'POST',
        url: '/api/v1/tokens',
        headers: { authorization },
        payload: { name: text, scopes: ['ingest:write'] },
      });
      expect(created.statusCode, JSON.stringify(text)).toBe(400);
      const put = await app.inject({
        method: 'PUT',
        url: '/api/v1/objectives/hostile',
        headers: { authorization },
        payload: objective(text),
      });
      expect(put.statusCode, JSON.stringify(text)).toBe(400);
      expect(errorBodySchema.parse(put.json()).error.details[0]).toMatchObject({ path: 'body.spec.owner' });
    }
  });

  it('learns nothing of the store from an error inside, but the id to look for in the log', async () => {
    const { app, ctx, token } = await serve();
    const authorization = await token('objectives:read');
    const { engine } = ctx.telemetry;
    Object.assign(ctx.telemetry, {
      engine: {
        ...engine,
        query: () =>
          Promise.reject(new VerdantError('internal', { message: 'The store failed: SELECT secret FROM spans' })),
      },
    });
    const answer = await app.inject({ url: '/api/v1/services', headers: { authorization } });
    Object.assign(ctx.telemetry, { engine });
    expect(answer.statusCode).toBe(500);
    expect(answer.body).not.toContain('SELECT');
    expect(errorBodySchema.parse(answer.json()).error.details[0]?.message).toMatch(/^This was request \S+\.$/);
  });

  it('hears no more news once the token is taken away, though the stream was open before', async () => {
    const { app, ctx, token } = await serve();
    const authorization = await token('objectives:read');
    const url = await app.listen({ host: '127.0.0.1', port: 0 });
    const answer = await fetch(`${url}/api/v1/live`, { headers: { authorization } });
    expect(answer.status).toBe(200);
    const [stored] = await ctx.catalog.db.selectFrom('token').select('id').execute();
    await revokeToken(ctx, { id: stored?.id ?? '' });
    ctx.live.publish({ watermark: new Date(0).toISOString(), changed: ['secret-objective'] });
    expect(await answer.text()).not.toContain('secret-objective');
    await expect.poll(() => ctx.live.listeners).toBe(0);
  });

  it('that leaves while its right to hear is being checked harms nobody', async () => {
    const { app, ctx, token } = await serve();
    const authorization = await token('objectives:read');
    const url = await app.listen({ host: '127.0.0.1', port: 0 });
    const leave = new AbortController();
    await fetch(`${url}/api/v1/live`, { headers: { authorization }, signal: leave.signal });
    leave.abort();
    while (ctx.live.listeners > 0) {
      ctx.live.publish({ watermark: new Date(0).toISOString(), changed: [] });
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect((await fetch(`${url}/api/v1/health`)).status).toBe(200);
  });

  it('opens no silent stream by HEAD', async () => {
    const { app, ctx, token } = await serve();
    const authorization = await token('objectives:read');
    const answer = await app.inject({ method: 'HEAD', url: '/api/v1/live', headers: { authorization } });
    expect(answer.statusCode).toBe(404);
    expect(ctx.live.listeners).toBe(0);
  });
});
