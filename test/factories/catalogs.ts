import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, describe, test } from 'vitest';
import type { Clock } from '../../src/lib/clock.ts';
import { systemClock } from '../../src/lib/clock.ts';
import type { CatalogDb } from '../../src/store/catalog/catalog-db.ts';
import { catalogMigrations, migrateCatalog } from '../../src/store/catalog/migrate.ts';
import { type CatalogLocation, openCatalog } from '../../src/store/catalog/open-catalog.ts';
import { findPostgresBinaries, type PostgresServer, startPostgres } from './postgres.ts';

const CACHE = new URL('../../.cache/test-catalog/', import.meta.url).pathname;

/** Opens new, empty catalogs on one engine. What it opened is closed and removed after each test. */
export interface CatalogOpener {
  readonly engine: 'pglite' | 'postgres';
  open(options?: { readonly clock?: Clock }): Promise<CatalogDb>;
  /** Where a new, empty catalog would lie, to open it oneself. */
  locate(): Promise<CatalogLocation>;
}

/** Making a PGlite takes seconds, copying it milliseconds: the first test makes one, and all copy that. */
async function pgliteTemplate(): Promise<string> {
  const pglite = createRequire(import.meta.url).resolve('@electric-sql/pglite');
  const key = createHash('sha256')
    .update(JSON.stringify([pglite, catalogMigrations]))
    .digest('hex')
    .slice(0, 16);
  const template = join(CACHE, key);
  if (existsSync(template)) return template;
  mkdirSync(CACHE, { recursive: true });
  const making = mkdtempSync(join(CACHE, 'making-'));
  try {
    const catalog = await openCatalog({ dir: making }, { clock: systemClock });
    await catalog.close();
    // Of two workers that make it at once, one may be first: what it made is as good.
    if (!existsSync(template)) renameSync(making, template);
  } finally {
    rmSync(making, { recursive: true, force: true });
  }
  return template;
}

/** A new directory with an empty catalog for PGlite; the caller removes it. */
export async function newPgliteDirectory(): Promise<string> {
  const dir = mkdtempSync(join(tmpdir(), 'verdant-catalog-'));
  cpSync(await pgliteTemplate(), dir, { recursive: true });
  return dir;
}

function opener(engine: CatalogOpener['engine'], locate: () => Promise<CatalogLocation>): CatalogOpener {
  const opened: CatalogDb[] = [];
  const located: CatalogLocation[] = [];
  const locateNew = async () => {
    const location = await locate();
    located.push(location);
    return location;
  };
  afterEach(async () => {
    for (const catalog of opened.splice(0)) await catalog.close();
    for (const location of located.splice(0)) {
      if ('dir' in location) rmSync(location.dir, { recursive: true, force: true });
    }
  });
  return {
    engine,
    locate: locateNew,
    open: async ({ clock = systemClock } = {}) => {
      const catalog = await openCatalog(await locateNew(), { clock });
      opened.push(catalog);
      return catalog;
    },
  };
}

/**
 * Hands one open PGlite from test to test, emptied in between, for each costs a second and much memory. A second one
 * within a test is a new one.
 */
function reusing(fresh: CatalogOpener): CatalogOpener {
  let shared: { readonly catalog: CatalogDb; readonly dir: string } | undefined;
  let taken = false;
  afterEach(() => {
    taken = false;
  });
  afterAll(async () => {
    await shared?.catalog.close();
    if (shared !== undefined) rmSync(shared.dir, { recursive: true, force: true });
  });
  return {
    ...fresh,
    open: async ({ clock = systemClock } = {}) => {
      if (taken) return fresh.open({ clock });
      taken = true;
      if (shared === undefined) {
        const dir = await newPgliteDirectory();
        shared = { dir, catalog: await openCatalog({ dir }, { clock }) };
      } else {
        await sql`drop schema verdant cascade`.execute(shared.catalog.db);
        await migrateCatalog(shared.catalog.db, { clock });
      }
      return shared.catalog;
    },
  };
}

/** An opener of PGlite catalogs for tests that need one engine only. Call it within a describe. */
export function pgliteCatalogs(): CatalogOpener {
  return reusing(opener('pglite', async () => ({ dir: await newPgliteDirectory() })));
}

/**
 * Runs the same tests on PGlite and on a real PostgreSQL. Without an installed PostgreSQL they are skipped there, but
 * fail where CI is set: nobody would notice otherwise.
 */
export function describeOnBothCatalogs(name: string, tests: (catalogs: CatalogOpener) => void): void {
  describe(`${name} on PGlite`, () => tests(pgliteCatalogs()));
  if (findPostgresBinaries() === undefined) {
    describePostgresMissing(name);
    return;
  }
  describe(`${name} on PostgreSQL`, () => {
    let server: PostgresServer | undefined;
    beforeAll(async () => {
      server = await startPostgres();
    });
    afterAll(() => server?.stop());
    tests(
      opener('postgres', async () => {
        if (server === undefined) throw new Error('PostgreSQL is not started yet: open catalogs within a test');
        return { url: await server.createDatabase() };
      }),
    );
  });
}

function describePostgresMissing(name: string): void {
  const reason = 'PostgreSQL is not installed (apt-get install postgresql)';
  if (process.env.CI === undefined) {
    describe.skip(`${name} on PostgreSQL: ${reason}`, () => test(reason));
    return;
  }
  describe(`${name} on PostgreSQL`, () => {
    test('PostgreSQL is there in CI', () => {
      throw new Error(reason);
    });
  });
}
