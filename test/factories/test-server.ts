import { type ChannelListener, channel } from 'node:diagnostics_channel';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import pino from 'pino';
import { afterAll, afterEach } from 'vitest';
import { z } from 'zod';
import { createSignInCode } from '../../src/app/access/create-sign-in-code.ts';
import { createToken } from '../../src/app/access/create-token.ts';
import type { ActingContext } from '../../src/app/verdant-context.ts';
import type { Scope } from '../../src/contract/scopes.ts';
import { createServer } from '../../src/server/create-server.ts';
import type { DemoControl } from '../../src/server/server-deps.ts';
import { pgliteCatalogs } from './catalogs.ts';
import { openTestChdb } from './clickhouse.ts';
import { freshStores, type TestStores } from './verdant-context.ts';

export interface RegisteredRoute {
  readonly method: string;
  readonly url: string;
}

/** The whole server on real stores, not listening. */
export interface TestServer {
  readonly app: FastifyInstance;
  readonly ctx: ActingContext;
  readonly stores: TestStores;
  /** Everything that any part of the server registered, as Fastify itself tells it. */
  readonly routes: readonly RegisteredRoute[];
  /** @returns the value of an Authorization header */
  token(...scopes: Scope[]): Promise<string>;
  /** Signs in. @returns the whole Set-Cookie header, and what a browser sends back of it */
  signIn(): Promise<{ readonly setCookie: string; readonly cookie: string }>;
}

export interface TestServerOptions {
  readonly publicUrl?: string;
  readonly demo?: DemoControl;
}

/** A web application of one page and one script. */
function webDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'verdant-web-'));
  mkdirSync(join(directory, 'assets'));
  writeFileSync(join(directory, 'index.html'), '<!doctype html><title>Verdant</title>');
  writeFileSync(join(directory, 'assets', 'app.js'), 'export {};');
  return directory;
}

const initialized = z.object({
  fastify: z.custom<FastifyInstance>((value) => typeof value === 'object' && value !== null && 'addHook' in value),
});

/** Notes each route of the Fastify that is made next. */
function watchRoutes(): { readonly routes: RegisteredRoute[]; readonly stop: () => void } {
  const routes: RegisteredRoute[] = [];
  const made = channel('fastify.initialization');
  const watch: ChannelListener = (message) => {
    initialized.parse(message).fastify.addHook('onRoute', ({ method, url }) => {
      for (const name of [method].flat()) routes.push({ method: name, url });
    });
  };
  made.subscribe(watch);
  return { routes, stop: () => made.unsubscribe(watch) };
}

/** Call it within a describe: each test gets a server of its own on empty stores of a laptop. */
export function testServers(): (options?: TestServerOptions) => Promise<TestServer> {
  const stores = freshStores(openTestChdb, pgliteCatalogs());
  const web = webDirectory();
  const open: FastifyInstance[] = [];
  afterEach(async () => {
    for (const app of open.splice(0)) await app.close();
  });
  afterAll(() => rmSync(web, { recursive: true }));
  return async ({ publicUrl = 'http://localhost', demo } = {}) => {
    const ctx = await stores().start();
    const { routes, stop } = watchRoutes();
    const deps = { ctx, version: '1.2.3', webDirectory: web, demo: () => demo, publicUrl: () => publicUrl };
    const app = await createServer(deps, pino({ level: 'silent' }));
    open.push(app);
    await app.ready();
    stop();
    return {
      app,
      ctx,
      stores: stores(),
      routes,
      token: async (...scopes) => `Bearer ${(await createToken(ctx, { name: 'test', scopes })).secret}`,
      signIn: async () => {
        const { code } = await createSignInCode(ctx);
        const answer = await app.inject({ method: 'POST', url: '/api/v1/session', payload: { code } });
        const setCookie = String(answer.headers['set-cookie'] ?? '');
        return { setCookie, cookie: setCookie.split(';')[0] ?? '' };
      },
    };
  };
}
