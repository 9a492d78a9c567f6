import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { testServers } from '../../test/factories/test-server.ts';
import { watchLogin } from '../../test/factories/watched-objective.ts';
import { createdTokenSchema, principalSchema, signInLinkSchema, tokenSchema } from '../contract/api/access.ts';
import { planSchema, validationSchema } from '../contract/api/definitions.ts';
import { healthSchema } from '../contract/api/health.ts';
import {
  attributionSchema,
  boardSchema,
  objectiveDetailSchema,
  objectiveListSchema,
  objectiveStatusSchema,
  seriesSchema,
} from '../contract/api/objectives.ts';
import { endpointListSchema, serviceListSchema } from '../contract/api/services.ts';
import { allScopes } from '../contract/scopes.ts';

const operationSchema = z.looseObject({
  summary: z.string().min(1),
  description: z.string().min(1),
  tags: z.array(z.string()).min(1),
  parameters: z
    .array(
      z.looseObject({
        name: z.string(),
        in: z.enum(['path', 'query', 'header', 'cookie']),
        required: z.boolean().optional(),
      }),
    )
    .default([]),
  responses: z.record(z.string().regex(/^([1-5]\d\d|default)$/), z.looseObject({ description: z.string() })),
  security: z.array(z.record(z.string(), z.array(z.string()))).optional(),
});

const documentSchema = z.looseObject({
  openapi: z.string().regex(/^3\.1\.\d$/),
  info: z.looseObject({ title: z.string().min(1), version: z.literal('1.2.3') }),
  paths: z.record(
    z.string().startsWith('/'),
    z.partialRecord(z.enum(['get', 'put', 'post', 'delete', 'patch']), operationSchema.optional()),
  ),
  components: z.looseObject({
    schemas: z.record(z.string().regex(/^[a-zA-Z0-9._-]+$/), z.unknown()),
    securitySchemes: z.record(z.string(), z.looseObject({ type: z.enum(['http', 'apiKey']) })),
  }),
});

/** Every object within a document, with the path that leads to it. */
function* objectsIn(value: unknown, path = '#'): Generator<[string, Record<string, unknown>]> {
  if (typeof value !== 'object' || value === null) return;
  yield [path, { ...value }];
  for (const [key, part] of Object.entries(value)) yield* objectsIn(part, `${path}/${key}`);
}

/** What a reference within a document points at (RFC 6901). */
function pointedAt(document: unknown, reference: string): unknown {
  let found = document;
  for (const part of reference.replace(/^#\/?/, '').split('/')) {
    const key = decodeURIComponent(part).replaceAll('~1', '/').replaceAll('~0', '~');
    found =
      typeof found === 'object' && found !== null
        ? Object.entries(found).find(([name]) => name === key)?.[1]
        : undefined;
  }
  return found;
}

describe('the description of the API', () => {
  const serve = testServers();

  it('is a valid OpenAPI 3.1 document whose references all lead somewhere', async () => {
    const { app } = await serve();
    const answer = await app.inject({ url: '/api/v1/openapi.json' });
    expect(answer.headers['content-type']).toContain('application/json');
    const raw: unknown = answer.json();
    const document = documentSchema.parse(raw);
    let references = 0;
    for (const [path, object] of objectsIn(raw)) {
      // JSON Schema 2020-12, which 3.1 uses, has no such words; they are of OpenAPI 3.0.
      expect(object, path).not.toHaveProperty('nullable');
      const reference = object.$ref;
      if (typeof reference !== 'string') continue;
      references += 1;
      expect(reference, path).toMatch(/^#\//);
      expect(pointedAt(raw, reference), `${path} to ${reference}`).toBeTypeOf('object');
    }
    expect(references).toBeGreaterThan(10);
    for (const [path, operations] of Object.entries(document.paths)) {
      for (const [method, operation] of Object.entries(operations)) {
        if (operation === undefined) continue;
        const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
        const described = operation.parameters.filter((parameter) => parameter.in === 'path');
        expect(described.map(({ name }) => name).sort(), `${method} ${path}`).toEqual(named.sort());
        expect(
          described.every(({ required }) => required === true),
          `${method} ${path}`,
        ).toBe(true);
        for (const scheme of (operation.security ?? []).flatMap(Object.keys)) {
          expect(document.components.securitySchemes, `${method} ${path}`).toHaveProperty(scheme);
        }
      }
    }
  });

  it('has every route of the API, and says who may call it', async () => {
    const { app, routes } = await serve();
    const { paths } = documentSchema.parse((await app.inject({ url: '/api/v1/openapi.json' })).json());
    const told = Object.entries(paths).flatMap(([path, operations]) =>
      Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`),
    );
    const registered = routes
      .filter(({ method, url }) => method !== 'HEAD' && /^\/(api|metrics)/.test(url) && url !== '/api/v1/openapi.json')
      .map(({ method, url }) => `${method} ${url.replaceAll(/:(\w+)/g, '{$1}')}`);
    expect(told.sort()).toEqual(registered.sort());
    for (const operations of Object.values(paths)) {
      for (const operation of Object.values(operations))
        expect(operation?.description).toMatch(/^(Scope|Open to anyone): /);
    }
  });
});

describe('answers of the API', () => {
  const serve = testServers();

  it('are what the contract says', async () => {
    const { app, ctx, stores, token } = await serve();
    await watchLogin(ctx, stores.clock);
    const authorization = await token(...allScopes);
    const ask = async <T>(schema: z.ZodType<T>, url: string, payload?: object): Promise<T> => {
      const method = payload === undefined ? 'GET' : 'POST';
      const answer = await app.inject({ method, url, headers: { authorization }, ...(payload && { payload }) });
      expect(answer.statusCode, `${url} ${answer.body}`).toBeLessThan(300);
      return schema.parse(answer.json());
    };
    const files = { files: [{ path: 'a.yaml', text: 'apiVersion: verdant/v1\nkind: Objectiv\n' }] };
    expect(await ask(healthSchema, '/api/v1/health')).toMatchObject({ status: 'ok', version: '1.2.3' });
    await ask(principalSchema, '/api/v1/me');
    expect((await ask(objectiveListSchema, '/api/v1/objectives')).objectives).toHaveLength(1);
    const detail = await ask(objectiveDetailSchema, '/api/v1/objectives/login');
    expect(detail.definitionYaml).toContain('kind: Objective');
    const board = await ask(boardSchema, '/api/v1/board?windows=1h,24h,7d,30d&spark=24');
    expect(board.rows.map(({ cells }) => cells.map(({ valid, state }) => [valid, state]))).toEqual([
      Array.from({ length: 4 }, () => [20, 'violated']),
    ]);
    const status = await ask(objectiveStatusSchema, '/api/v1/objectives/login/status?windows=1h&spark=12');
    expect(status.windows[0]).toMatchObject({ good: 18, valid: 20, sli: 0.9, sliText: '90.00%' });
    const series = await ask(seriesSchema, '/api/v1/objectives/login/series?window=1h&points=60');
    expect(series.points.reduce((sum, { valid }) => sum + Number(valid), 0)).toBe(20);
    const attribution = await ask(attributionSchema, '/api/v1/objectives/login/endpoints?window=1h');
    expect(attribution.endpoints).toMatchObject([{ endpoint: 'POST /login', valid: 20, bad: 2, share: 1 }]);
    expect((await ask(serviceListSchema, '/api/v1/services')).services).toMatchObject([{ requests: 20, failed: 2 }]);
    await ask(endpointListSchema, '/api/v1/services/authentication/endpoints');
    expect((await ask(validationSchema, '/api/v1/definitions/validate', files)).valid).toBe(false);
    const plan = { files: [{ path: 'a.yaml', text: detail.definitionYaml }] };
    expect((await ask(planSchema, '/api/v1/definitions/plan', plan)).changes).toMatchObject([{ action: 'unchanged' }]);
    expect((await ask(planSchema, '/api/v1/definitions/apply', plan)).applied).toBe(true);
    await ask(signInLinkSchema, '/api/v1/sign-in-links', {});
    await ask(createdTokenSchema, '/api/v1/tokens', { name: 'x', scopes: ['ingest:write'] });
    await ask(z.object({ tokens: z.array(tokenSchema).min(2) }), '/api/v1/tokens');
  });
});
