import { describe, expect, it } from 'vitest';
import { testServers } from '../../test/factories/test-server.ts';
import { createSignInCode } from '../app/access/create-sign-in-code.ts';
import { principalSchema } from '../contract/api/access.ts';
import { errorBodySchema } from '../contract/api/error-body.ts';

/** Every route that changes something, with a body that would be taken. */
const CHANGES = [
  ['DELETE', '/api/v1/session'],
  ['POST', '/api/v1/sign-in-links'],
  ['POST', '/api/v1/tokens'],
  ['DELETE', '/api/v1/tokens/none'],
  ['PUT', '/api/v1/objectives/login'],
  ['DELETE', '/api/v1/objectives/login'],
  ['POST', '/api/v1/definitions/validate'],
  ['POST', '/api/v1/definitions/plan'],
  ['POST', '/api/v1/definitions/apply'],
  ['POST', '/api/v1/demo/faults/auth-slow'],
  ['DELETE', '/api/v1/demo/faults/auth-slow'],
] as const;

const FOREIGN: readonly Record<string, string>[] = [
  { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' },
  { 'sec-fetch-site': 'same-site' },
  { 'sec-fetch-site': 'cross-site' },
  { origin: 'https://evil.example' },
  { origin: 'https://localhost.evil.example' },
  { origin: 'null' },
  { origin: 'http://localhost:1' },
];

const OWN: readonly Record<string, string>[] = [
  { 'sec-fetch-site': 'same-origin', origin: 'http://localhost:80' },
  { 'sec-fetch-site': 'none' },
  { origin: 'http://localhost:80', host: 'localhost' },
  {},
];

describe('a session', () => {
  const serve = testServers();

  it('comes in a cookie that scripts cannot read and other sites cannot send', async () => {
    const { signIn } = await serve();
    const { setCookie } = await signIn();
    expect(setCookie).toMatch(/^verdant_session=vds_[\w-]{20,};/);
    const flags = setCookie.split('; ').slice(1);
    expect(flags).toEqual(expect.arrayContaining(['Path=/', 'HttpOnly', 'SameSite=Lax']));
    expect(flags).not.toContain('Secure');
    expect(setCookie).not.toMatch(/Domain=/i);
    expect(flags.some((flag) => flag.startsWith('Expires='))).toBe(true);
  });

  it('comes in a cookie for https alone where people reach Verdant by https', async () => {
    const { signIn } = await serve({ publicUrl: 'https://verdant.example' });
    expect((await signIn()).setCookie.split('; ')).toContain('Secure');
  });

  it('begins with a link that works once', async () => {
    const { app, ctx } = await serve();
    const { code } = await createSignInCode(ctx);
    const exchange = () => app.inject({ method: 'POST', url: '/api/v1/session', payload: { code } });
    expect((await exchange()).statusCode).toBe(204);
    const second = await exchange();
    expect(second.statusCode).toBe(401);
    expect(second.headers['set-cookie']).toBeUndefined();
    expect(errorBodySchema.parse(second.json()).error.code).toBe('sign-in-code-invalid');
  });

  it('begins once also when the link is used many times at the same moment', async () => {
    const { app, ctx } = await serve();
    const { code } = await createSignInCode(ctx);
    const all = await Promise.all(
      Array.from({ length: 8 }, () => app.inject({ method: 'POST', url: '/api/v1/session', payload: { code } })),
    );
    expect(all.filter(({ statusCode }) => statusCode === 204)).toHaveLength(1);
    expect(all.filter(({ statusCode }) => statusCode === 401)).toHaveLength(7);
  });

  it('ends where it is signed out, and its link is one of fifteen minutes', async () => {
    const { app, ctx, stores, signIn } = await serve();
    const { cookie } = await signIn();
    const me = await app.inject({ url: '/api/v1/me', headers: { cookie } });
    expect(principalSchema.parse(me.json())).toMatchObject({ kind: 'session', demo: false, version: '1.2.3' });
    const out = await app.inject({ method: 'DELETE', url: '/api/v1/session', headers: { cookie } });
    expect(out.statusCode).toBe(204);
    expect(String(out.headers['set-cookie'])).toMatch(/^verdant_session=;.*Expires=Thu, 01 Jan 1970/);
    expect((await app.inject({ url: '/api/v1/me', headers: { cookie } })).statusCode).toBe(401);
    const { code } = await createSignInCode(ctx);
    stores.clock.advance(15 * 60_000 + 1);
    const late = await app.inject({ method: 'POST', url: '/api/v1/session', payload: { code } });
    expect(late.statusCode).toBe(401);
  });

  it('changes nothing when another site sends the request', async () => {
    const { app, routes, signIn } = await serve();
    const changing = routes.filter(
      ({ method, url }) => ['POST', 'PUT', 'PATCH', 'DELETE'].includes(method) && url.startsWith('/api'),
    );
    expect(changing).toHaveLength(CHANGES.length + 1);
    const { cookie } = await signIn();
    for (const [method, url] of CHANGES) {
      for (const headers of FOREIGN) {
        const answer = await app.inject({ method, url, headers: { cookie, ...headers } });
        expect(answer.statusCode, `${method} ${url} ${JSON.stringify(headers)}`).toBe(403);
        expect(errorBodySchema.parse(answer.json()).error.code).toBe('cross-site');
      }
    }
    expect((await app.inject({ url: '/api/v1/me', headers: { cookie } })).statusCode).toBe(200);
  });

  it('cannot be begun by another site in the name of someone else', async () => {
    const { app, ctx } = await serve();
    const { code } = await createSignInCode(ctx);
    for (const headers of FOREIGN) {
      const answer = await app.inject({ method: 'POST', url: '/api/v1/session', headers, payload: { code } });
      expect(answer.statusCode).toBe(403);
    }
  });

  it('changes what its own pages ask for, and reads from anywhere', async () => {
    const { app, signIn } = await serve();
    const { cookie } = await signIn();
    for (const headers of OWN) {
      const answer = await app.inject({
        method: 'POST',
        url: '/api/v1/sign-in-links',
        headers: { cookie, ...headers },
      });
      expect(answer.statusCode, JSON.stringify(headers)).toBe(201);
    }
    const read = { url: '/api/v1/objectives', headers: { cookie, 'sec-fetch-site': 'cross-site' } };
    expect((await app.inject(read)).statusCode).toBe(200);
  });

  it('is not what a token is: a token changes from wherever it is sent, and goes before a cookie', async () => {
    const { app, token, signIn } = await serve();
    const authorization = await token('tokens:write');
    for (const headers of FOREIGN) {
      const answer = await app.inject({
        method: 'POST',
        url: '/api/v1/sign-in-links',
        headers: { authorization, ...headers },
      });
      expect(answer.statusCode, JSON.stringify(headers)).toBe(201);
    }
    const { cookie } = await signIn();
    const both = await app.inject({ url: '/api/v1/objectives', headers: { cookie, authorization } });
    expect(both.statusCode).toBe(403);
  });
});
