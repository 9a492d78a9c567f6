import { describe, expect, it } from 'vitest';
import { testServers } from '../../test/factories/test-server.ts';
import { watchLogin } from '../../test/factories/watched-objective.ts';
import { errorBodySchema } from '../contract/api/error-body.ts';
import { allScopes } from '../contract/scopes.ts';

const JSON_TYPE = 'application/json';

const BODIES: readonly (readonly [name: string, type: string, body: string | Buffer])[] = [
  ['nothing', JSON_TYPE, ''],
  ['null', JSON_TYPE, 'null'],
  ['a list', JSON_TYPE, '[]'],
  ['a number', JSON_TYPE, '1e400'],
  ['half an object', JSON_TYPE, '{"files":'],
  ['invalid UTF-8', JSON_TYPE, Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d])],
  ['invalid UTF-8 in a value', JSON_TYPE, Buffer.from('{"name":"\xff\xc0","scopes":["ingest:nothing"]}', 'latin1')],
  ['a byte order mark', JSON_TYPE, '\ufeff{}'],
  ['__proto__', JSON_TYPE, '{"__proto__":{"files":[],"scopes":["ingest:write"],"name":"x"}}'],
  ['__proto__ deep', JSON_TYPE, '{"files":[{"path":"a","text":"b","__proto__":{"polluted":true}}]}'],
  ['constructor.prototype', JSON_TYPE, '{"constructor":{"prototype":{"polluted":true}}}'],
  ['very deep lists', JSON_TYPE, `${'['.repeat(100_000)}${']'.repeat(100_000)}`],
  ['very deep objects', JSON_TYPE, `${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`],
  ['unknown fields', JSON_TYPE, '{"files":[{"path":"a","text":""}],"admin":true,"code":1,"name":{},"scopes":"all"}'],
  ['text', 'text/plain', 'hello'],
  ['a form', 'application/x-www-form-urlencoded', 'name=x&scopes=ingest%3Awrite'],
  ['a file', 'multipart/form-data; boundary=x', '--x--'],
  ['an unknown charset', 'application/json; charset=utf-7', '{}'],
];

const WITH_BODY = [
  ['POST', '/api/v1/session'],
  ['POST', '/api/v1/tokens'],
  ['PUT', '/api/v1/objectives/login'],
  ['POST', '/api/v1/definitions/validate'],
  ['POST', '/api/v1/definitions/plan'],
  ['POST', '/api/v1/definitions/apply'],
] as const;

const yamlFile = (text: string) => ({ files: [{ path: 'a.yaml', text }] });

describe('hostile requests', () => {
  const serve = testServers();

  it('with bodies of any kind get a 4xx in the words of the contract, never a 500', async () => {
    const { app, token } = await serve();
    const authorization = await token(...allScopes);
    for (const [method, url] of WITH_BODY) {
      for (const [name, type, payload] of BODIES) {
        const headers = { authorization, 'content-type': type };
        const answer = await app.inject({ method, url, headers, payload });
        const what = `${method} ${url} with ${name}: ${answer.statusCode} ${answer.body.slice(0, 200)}`;
        expect(answer.statusCode, what).toBeGreaterThanOrEqual(400);
        expect(answer.statusCode, what).toBeLessThan(500);
        const { error } = errorBodySchema.parse(answer.json());
        expect(error.fix, what).not.toBe('');
      }
    }
    expect(Object.keys(Object.prototype)).toEqual([]);
    expect('polluted' in {}).toBe(false);
  });

  it('that are too large are refused before they are read', async () => {
    const { app, token } = await serve();
    const authorization = await token(...allScopes);
    const large = 'x'.repeat(1024 * 1024 + 1);
    for (const url of ['/api/v1/session', '/api/v1/tokens']) {
      const answer = await app.inject({ method: 'POST', url, headers: { authorization }, payload: { code: large } });
      expect(answer.statusCode).toBe(413);
      expect(errorBodySchema.parse(answer.json()).error.code).toBe('payload-too-large');
    }
    const files = await app.inject({
      method: 'POST',
      url: '/api/v1/definitions/validate',
      headers: { authorization, 'content-type': JSON_TYPE, 'content-length': String(33 * 1024 * 1024) },
      payload: '{}',
    });
    expect(files.statusCode).toBe(413);
  });

  it('with windows and times that are none are told which and what is expected', async () => {
    const { app, ctx, stores, token } = await serve();
    await watchLogin(ctx, stores.clock);
    const authorization = await token('objectives:read');
    const status = '/api/v1/objectives/login/status';
    const cases: readonly (readonly [url: string, path: string])[] = [
      [`${status}?windows=1x`, 'windows'],
      [`${status}?windows=,`, 'windows'],
      [`${status}?windows=1m`, 'windows'],
      [`${status}?windows=90s`, 'windows'],
      [`${status}?windows=401d`, 'windows'],
      [`${status}?windows=-1h`, 'windows'],
      [`${status}?windows=1h%27%3B%20DROP%20TABLE%20spans`, 'windows'],
      [`${status}?windows=${'5m,'.repeat(13)}`, 'windows'],
      [`${status}?windows=${'9'.repeat(190)}h`, 'windows'],
      [`${status}?windows=1h&windows=2h`, 'windows'],
      [`${status}?at=yesterday`, 'at'],
      [`${status}?at=2026-13-01T00:00:00Z`, 'at'],
      [`${status}?at=`, 'at'],
      [`${status}?at=0001-01-01T00:00:00Z`, 'at'],
      [`${status}?at=1969-12-31T23:59:59Z`, 'at'],
      [`${status}?spark=1e9`, 'spark'],
      ['/api/v1/board?windows=soon', 'windows'],
      ['/api/v1/board?at=now', 'at'],
      ['/api/v1/objectives/login/series?window=1s', 'window'],
      ['/api/v1/objectives/login/series?points=1', 'points'],
      ['/api/v1/objectives/login/series?points=NaN', 'points'],
      ['/api/v1/objectives/login/endpoints?window=all', 'window'],
    ];
    for (const [url, path] of cases) {
      const answer = await app.inject({ url, headers: { authorization } });
      expect(answer.statusCode, `${url} ${answer.body}`).toBe(400);
      const { error } = errorBodySchema.parse(answer.json());
      expect(error.code).toBe('invalid-request');
      expect(error.details[0]?.path, url).toContain(path);
    }
  });

  it('at times far from ours are answered', async () => {
    const { app, ctx, stores, token } = await serve();
    await watchLogin(ctx, stores.clock);
    const authorization = await token('objectives:read');
    for (const at of ['2000-01-01T00:00:00Z', '2105-01-01T00:00:00+14:00', '9999-12-31T23:59:59Z']) {
      for (const path of ['status?windows=5m,400d&spark=20&', 'series?window=400d&', 'endpoints?window=400d&']) {
        const answer = await app.inject({
          url: `/api/v1/objectives/login/${path}at=${encodeURIComponent(at)}`,
          headers: { authorization },
        });
        expect(answer.statusCode, `${path} ${at} ${answer.body}`).toBe(200);
      }
    }
  });

  it('with paths of any kind get a 4xx', async () => {
    const { app, token } = await serve();
    const authorization = await token(...allScopes);
    const names = [
      '%00',
      '%ff',
      '%',
      '..%2f..%2fetc',
      'A'.repeat(400),
      'x'.repeat(299),
      '__proto__',
      "'; DROP TABLE x",
      '🌲',
    ];
    for (const name of names) {
      for (const [method, url] of [
        ['GET', `/api/v1/objectives/${name}`],
        ['DELETE', `/api/v1/objectives/${name}`],
        ['GET', `/api/v1/objectives/${name}/status`],
        ['GET', `/api/v1/services/${name}/endpoints`],
        ['DELETE', `/api/v1/tokens/${name}`],
        ['POST', `/api/v1/demo/faults/${name}`],
      ] as const) {
        const answer = await app.inject({ method, url, headers: { authorization } });
        const what = `${method} ${url.slice(0, 80)}: ${answer.statusCode} ${answer.body.slice(0, 200)}`;
        expect(answer.statusCode, what).toBeGreaterThanOrEqual(400);
        expect(answer.statusCode, what).toBeLessThan(500);
        errorBodySchema.parse(answer.json());
        expect(answer.headers['content-security-policy'], what).toContain("default-src 'self'");
      }
    }
  });

  it('with text that databases dislike are refused or kept as it is', async () => {
    const { app, token } = await serve();
    const authorization = await token(...allScopes);
    for (const text of ['\u0000', 'a\u0000b', '\ud800', "'; DROP TABLE verdant.token; --", '\\', '{name}', '🌲']) {
      const created = await app.inject({
        method: 'POST',
        url: '/api/v1/tokens',
        headers: { authorization },
        payload: { name: text, scopes: ['ingest:write'] },
      });
      expect([201, 400], `${JSON.stringify(text)} ${created.body}`).toContain(created.statusCode);
      const definition = {
        apiVersion: 'verdant/v1',
        kind: 'Objective',
        metadata: { name: 'hostile', tags: { key: text } },
        spec: {
          owner: text,
          audience: 'sre',
          target: '99%',
          indicator: { kind: 'request-availability', service: text, exclude: [{ attributes: { [text]: text } }] },
        },
      };
      const put = await app.inject({
        method: 'PUT',
        url: '/api/v1/objectives/hostile',
        headers: { authorization },
        payload: definition,
      });
      expect([200, 400], `${JSON.stringify(text)} ${put.body}`).toContain(put.statusCode);
      if (put.statusCode !== 200) continue;
      const read = await app.inject({ url: '/api/v1/objectives/hostile', headers: { authorization } });
      expect(read.json()).toMatchObject({ definition: { spec: { owner: text } } });
    }
  });

  it('cannot put an objective under another name than its own', async () => {
    const { app, token } = await serve();
    const answer = await app.inject({
      method: 'PUT',
      url: '/api/v1/objectives/other',
      headers: { authorization: await token('objectives:write') },
      payload: {
        apiVersion: 'verdant/v1',
        kind: 'Objective',
        metadata: { name: 'login' },
        spec: {
          owner: 'o',
          audience: 'sre',
          target: '99%',
          indicator: { kind: 'request-availability', service: 's' },
        },
      },
    });
    expect(answer.statusCode).toBe(400);
    expect(answer.json()).toMatchObject({ error: { details: [{ path: 'body.metadata.name' }] } });
  });

  it('with definitions that are wrong change nothing and are told all mistakes', async () => {
    const { app, token } = await serve();
    const authorization = await token('objectives:read', 'objectives:write');
    const payload = yamlFile('apiVersion: verdant/v1\nkind: Objective\nmetadata: { nam: x }\nspec: { target: 200% }\n');
    for (const verb of ['plan', 'apply']) {
      const answer = await app.inject({
        method: 'POST',
        url: `/api/v1/definitions/${verb}`,
        headers: { authorization },
        payload,
      });
      expect(answer.statusCode).toBe(422);
      const { error } = errorBodySchema.parse(answer.json());
      expect(error.code).toBe('definitions-invalid');
      expect(error.details.length).toBeGreaterThan(3);
      expect(error.details.every(({ file, line }) => file === 'a.yaml' && line !== undefined)).toBe(true);
    }
    const list = await app.inject({ url: '/api/v1/objectives', headers: { authorization } });
    expect(list.json()).toEqual({ objectives: [] });
  });

  it('that come too fast get 429 with Retry-After in the words of the contract', async () => {
    const { app } = await serve();
    const attempt = () =>
      app.inject({ method: 'POST', url: '/api/v1/session', payload: { code: 'guess-guess-guess-guess' } });
    const first = await Promise.all(Array.from({ length: 20 }, attempt));
    expect(new Set(first.map(({ statusCode }) => statusCode))).toEqual(new Set([401]));
    const refused = await attempt();
    expect(refused.statusCode).toBe(429);
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    expect(Number(refused.headers['retry-after'])).toBeLessThanOrEqual(60);
    expect(errorBodySchema.parse(refused.json()).error.code).toBe('too-many-requests');
  });
});
