import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { guarded } from '../route-access.ts';

const OPEN = guarded('pages', { open: 'the application itself; its data is behind the API' });

/** The first page of the built web application. */
export const readPage = (directory: string): Promise<string> => readFile(join(directory, 'index.html'), 'utf8');

/** Serves the built web application: its files, and its first page for every address it knows. */
export async function addWeb(app: FastifyInstance, directory: string): Promise<void> {
  const page = await readPage(directory);
  await app.register(async (web) => {
    web.addHook('onRoute', (route) => {
      route.config = { ...OPEN, ...route.config };
    });
    await web.register(fastifyStatic, {
      root: join(directory, 'assets'),
      prefix: '/assets/',
      immutable: true,
      maxAge: '365d',
      wildcard: false,
      preCompressed: true,
      schemaHide: true,
    });
    for (const url of ['/', '/sign-in', '/objectives/*', '/services', '/services/*']) {
      web.get(url, { config: { ...OPEN, rateLimit: false }, schema: { hide: true } }, async (_request, reply) => {
        reply.header('cache-control', 'no-cache').type('text/html; charset=utf-8');
        return page;
      });
    }
  });
}
