import { describe, expect, it } from 'vitest';
import { testServers } from '../../test/factories/test-server.ts';
import { errorBodySchema } from '../contract/api/error-body.ts';
import { allScopes, type Scope } from '../contract/scopes.ts';

/** What each route needs. A route that is missing here, or here and not there, fails the first test. */
const GUARDED: Readonly<Record<string, Scope | 'signed-in'>> = {
  'GET /api/v1/me': 'signed-in',
  'DELETE /api/v1/session': 'signed-in',
  'POST /api/v1/sign-in-links': 'tokens:write',
  'GET /api/v1/tokens': 'tokens:write',
  'POST /api/v1/tokens': 'tokens:write',
  'DELETE /api/v1/tokens/:id': 'tokens:write',
  'GET /api/v1/board': 'objectives:read',
  'GET /api/v1/objectives': 'objectives:read',
  'GET /api/v1/objectives/:name': 'objectives:read',
  'GET /api/v1/objectives/:name/status': 'objectives:read',
  'GET /api/v1/objectives/:name/series': 'objectives:read',
  'GET /api/v1/objectives/:name/endpoints': 'objectives:read',
  'PUT /api/v1/objectives/:name': 'objectives:write',
  'DELETE /api/v1/objectives/:name': 'objectives:write',
  'POST /api/v1/definitions/validate': 'objectives:read',
  'POST /api/v1/definitions/plan': 'objectives:read',
  'POST /api/v1/definitions/apply': 'objectives:write',
  'GET /api/v1/services': 'objectives:read',
  'GET /api/v1/services/:name/endpoints': 'objectives:read',
  'GET /api/v1/demo/faults': 'objectives:read',
  'POST /api/v1/demo/faults/:name': 'demo:write',
  'DELETE /api/v1/demo/faults/:name': 'demo:write',
  'GET /api/v1/live': 'objectives:read',
  'GET /metrics': 'metrics:read',
};

const OPEN = [
  'GET /api/v1/health',
  'POST /api/v1/session',
  'GET /api/v1/openapi.json',
  'GET /',
  'GET /sign-in',
  'GET /objectives/*',
  'GET /services',
  'GET /services/*',
  'GET /assets/app.js',
];

const INJECTED = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const;
const methodOf = (route: string) => INJECTED.find((method) => route.startsWith(`${method} `)) ?? 'GET';
const urlOf = (route: string): string => route.replace(/^\S+ /, '').replaceAll(/:\w+|\*/g, 'login');

describe('access', () => {
  const serve = testServers();

  it('is declared for every route that is registered; nothing is forgotten', async () => {
    const { routes } = await serve();
    const api = routes.filter(({ method, url }) => method !== 'HEAD' && !url.startsWith('/v1/traces'));
    expect(api.map(({ method, url }) => `${method} ${url}`).sort()).toEqual([...Object.keys(GUARDED), ...OPEN].sort());
  });

  it('is refused on every guarded route without a credential, with a wrong one, and on HEAD too', async () => {
    const { app, routes } = await serve();
    const heads = routes.filter(({ method, url }) => method === 'HEAD' && `GET ${url}` in GUARDED);
    expect(heads.length).toBeGreaterThan(5);
    for (const route of [...Object.keys(GUARDED), ...heads.map(({ url }) => `HEAD ${url}`)]) {
      const call = { method: methodOf(route), url: urlOf(route) };
      const wrong = [
        {},
        { authorization: 'Bearer vdt_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA' },
        { authorization: 'Basic dmVyZGFudDp2ZXJkYW50' },
        { cookie: 'verdant_session=vds_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA' },
        { cookie: 'verdant_session=' },
      ];
      for (const headers of wrong) {
        const answer = await app.inject({ ...call, headers });
        expect(answer.statusCode, `${route} ${JSON.stringify(headers)}`).toBe(401);
        expect(answer.headers['www-authenticate']).toBe('Bearer realm="verdant"');
        if (call.method === 'HEAD') continue;
        expect(errorBodySchema.parse(answer.json()).error.code).toBe('unauthenticated');
      }
    }
  });

  it('is refused with the scope named when a token lacks it, and given when it has that one alone', async () => {
    const { app, token } = await serve();
    const one = new Map<Scope, string>();
    for (const scope of allScopes) one.set(scope, await token(scope));
    for (const [route, scope] of Object.entries(GUARDED)) {
      if (scope === 'signed-in' || route === 'GET /api/v1/live') continue;
      const call = { method: methodOf(route), url: urlOf(route) };
      const others = await token(...allScopes.filter((other) => other !== scope));
      const refused = await app.inject({ ...call, headers: { authorization: others } });
      expect(refused.statusCode, route).toBe(403);
      const { error } = errorBodySchema.parse(refused.json());
      expect(error.code).toBe('forbidden');
      expect(JSON.stringify(error.details), route).toContain(scope);
      const given = await app.inject({ ...call, headers: { authorization: one.get(scope) } });
      expect([401, 403], route).not.toContain(given.statusCode);
    }
  });

  it('is open where it is declared, and on no other address', async () => {
    const { app } = await serve();
    for (const route of OPEN) {
      const answer = await app.inject({ method: methodOf(route), url: urlOf(route) });
      expect(answer.statusCode, route).toBe(route === 'POST /api/v1/session' ? 400 : 200);
    }
    for (const url of ['/api/v1/nothing', '/api', '/assets/../index.html', '/assets/none.js', '/.env']) {
      const answer = await app.inject({ method: 'GET', url });
      expect(answer.statusCode, url).toBe(404);
      expect(errorBodySchema.parse(answer.json()).error.code).toBe('not-found');
    }
  });

  it('to ingest needs its own scope, refused in the encoding of OTLP', async () => {
    const { app, token } = await serve();
    const call = { method: 'POST', url: '/v1/traces', payload: '{}' } as const;
    const headers = { 'content-type': 'application/json' };
    expect((await app.inject({ ...call, headers })).statusCode).toBe(401);
    const reader = await app.inject({
      ...call,
      headers: { ...headers, authorization: await token('objectives:write') },
    });
    expect(reader.statusCode).toBe(403);
    expect(reader.json()).toMatchObject({ message: expect.stringContaining('ingest:write') });
    const sender = await app.inject({ ...call, headers: { ...headers, authorization: await token('ingest:write') } });
    expect(sender.statusCode).toBe(200);
  });

  it('cannot be widened: a token gives no scope that it lacks', async () => {
    const { app, token } = await serve();
    const answer = await app.inject({
      method: 'POST',
      url: '/api/v1/tokens',
      headers: { authorization: await token('tokens:write') },
      payload: { name: 'more', scopes: ['tokens:write', 'objectives:write'] },
    });
    expect(answer.statusCode).toBe(403);
    expect(answer.json()).toMatchObject({ error: { details: [{ expected: 'objectives:write' }] } });
  });

  it('ends at once when a token is revoked', async () => {
    const { app, token } = await serve();
    const admin = await token('tokens:write');
    const created = await app.inject({
      method: 'POST',
      url: '/api/v1/tokens',
      headers: { authorization: admin },
      payload: { name: 'short', scopes: ['tokens:write'] },
    });
    expect(created.statusCode).toBe(201);
    const { id, secret } = created.json<{ id: string; secret: string }>();
    const own = { authorization: `Bearer ${secret}` };
    expect((await app.inject({ url: '/api/v1/tokens', headers: own })).statusCode).toBe(200);
    expect((await app.inject({ url: '/api/v1/tokens', headers: own })).body).not.toContain(secret);
    const revoked = { method: 'DELETE', url: `/api/v1/tokens/${id}`, headers: { authorization: admin } } as const;
    expect((await app.inject(revoked)).statusCode).toBe(204);
    expect((await app.inject({ url: '/api/v1/tokens', headers: own })).statusCode).toBe(401);
  });
});
