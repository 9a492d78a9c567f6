import { describe, expect, it } from 'vitest';
import { testServers } from '../../test/factories/test-server.ts';

const ANSWERS = [
  ['a page', 'GET', '/', 200],
  ['a page of the application', 'GET', '/objectives/login', 200],
  ['a script', 'GET', '/assets/app.js', 200],
  ['the open API', 'GET', '/api/v1/health', 200],
  ['a refusal', 'GET', '/api/v1/board', 401],
  ['a wrong address', 'GET', '/api/v1/nothing', 404],
  ['a wrong body', 'POST', '/api/v1/session', 400],
  ['a refusal of OTLP', 'POST', '/v1/traces', 415],
] as const;

function directives(policy: string): Map<string, string[]> {
  return new Map(
    policy.split('; ').map((text) => {
      const [name = '', ...sources] = text.split(' ');
      return [name, sources];
    }),
  );
}

describe('security headers', () => {
  const serve = testServers();

  it('are on every answer: pages, files, API and errors', async () => {
    const { app } = await serve();
    for (const [what, method, url, status] of ANSWERS) {
      const { headers, statusCode } = await app.inject({ method, url });
      expect(statusCode, what).toBe(status);
      expect(headers['x-content-type-options'], what).toBe('nosniff');
      expect(headers['x-frame-options'], what).toBe('DENY');
      expect(headers['referrer-policy'], what).toBe('no-referrer');
      expect(headers['cross-origin-opener-policy'], what).toBe('same-origin');
      expect(headers['x-powered-by'], what).toBeUndefined();
      const policy = directives(String(headers['content-security-policy']));
      expect(policy.get('default-src'), what).toEqual(["'self'"]);
      expect(policy.get('script-src'), what).toEqual(["'self'"]);
      expect(policy.get('object-src'), what).toEqual(["'none'"]);
      expect(policy.get('base-uri'), what).toEqual(["'none'"]);
      expect(policy.get('frame-ancestors'), what).toEqual(["'none'"]);
      expect(policy.get('connect-src'), what).toEqual(["'self'"]);
    }
  });

  it('let no cache keep an answer that belongs to one person', async () => {
    const { app, token } = await serve();
    const authorization = await token('objectives:read');
    for (const url of ['/api/v1/me', '/api/v1/objectives', '/api/v1/board']) {
      const { headers } = await app.inject({ url, headers: { authorization } });
      expect(headers['cache-control'], url).toBe('no-store');
    }
    expect((await app.inject({ url: '/' })).headers['cache-control']).toBe('no-cache');
    expect((await app.inject({ url: '/assets/app.js' })).headers['cache-control']).toContain('immutable');
  });

  it('let other origins read telemetry answers only, and never with credentials', async () => {
    const { app, token } = await serve();
    const origin = 'https://shop.example';
    const api = await app.inject({
      url: '/api/v1/objectives',
      headers: { origin, authorization: await token('objectives:read') },
    });
    expect(api.headers['access-control-allow-origin']).toBeUndefined();
    const preflight = await app.inject({
      method: 'OPTIONS',
      url: '/v1/traces',
      headers: { origin, 'access-control-request-method': 'POST' },
    });
    expect(preflight.headers['access-control-allow-origin']).toBe('*');
    expect(preflight.headers['access-control-allow-credentials']).toBeUndefined();
  });
});
