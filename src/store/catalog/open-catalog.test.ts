import { mkdirSync, mkdtempSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { describeOnBothCatalogs, newPgliteDirectory, pgliteCatalogs } from '../../../test/factories/catalogs.ts';
import { ManualClock } from '../../lib/clock.ts';
import { inTransaction, takeTransactionLock } from './in-transaction.ts';
import { catalogMigrations, migrateCatalog } from './migrate.ts';
import { openCatalog } from './open-catalog.ts';
import { readCursor, writeCursor } from './tables/cursor.ts';

const clock = new ManualClock(1_700_000_000_000);
const tools = { clock };

describeOnBothCatalogs('the catalog', (catalogs) => {
  test('it says which engine answers and keeps what was written over a reopening', async () => {
    const location = await catalogs.locate();
    const first = await openCatalog(location, tools);
    expect(first.engine).toBe(catalogs.engine);
    expect(first.version).toMatch(/^\d+\.\d+/);
    await writeCursor(first.db, 'evaluate', '2026-01-01T00:00:00Z');
    await first.close();
    await first.close();
    const second = await openCatalog(location, tools);
    expect(await readCursor(second.db, 'evaluate')).toBe('2026-01-01T00:00:00Z');
    await second.close();
  });

  test('a transaction keeps all of its writes, or none when it throws', async () => {
    const catalog = await catalogs.open();
    await inTransaction(catalog, async (tx) => {
      await writeCursor(tx, 'a', '1');
      await writeCursor(tx, 'b', '1');
    });
    const failing = inTransaction(catalog, async (tx) => {
      await writeCursor(tx, 'a', '2');
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(await readCursor(catalog.db, 'a')).toBe('1');
    expect(await readCursor(catalog.db, 'b')).toBe('1');
  });

  test('asking the catalog itself inside a transaction throws at once, and only there', async () => {
    const catalog = await catalogs.open();
    let later: Promise<unknown> = Promise.resolve();
    const inside = inTransaction(catalog, async () => {
      later = new Promise((resolve) => setTimeout(resolve, 50)).then(() => readCursor(catalog.db, 'a'));
      await readCursor(catalog.db, 'a');
    });
    await expect(inside).rejects.toThrow('inside a transaction');
    await expect(later).resolves.toBeUndefined();
  });

  test('transactions at once do not mix, and those that take the same lock follow one another', async () => {
    const catalog = await catalogs.open();
    await writeCursor(catalog.db, 'count', '0');
    const increment = () =>
      inTransaction(catalog, async (tx) => {
        await takeTransactionLock(tx, 'count');
        const count = Number(await readCursor(tx, 'count'));
        await new Promise((resolve) => setTimeout(resolve, 1));
        await writeCursor(tx, 'count', String(count + 1));
      });
    await Promise.all(Array.from({ length: 20 }, increment));
    expect(await readCursor(catalog.db, 'count')).toBe('20');
  });

  test('a named lock has one holder until it is released', async () => {
    const catalog = await catalogs.open();
    const lock = await catalog.tryLock('evaluate');
    expect(lock?.lost.aborted).toBe(false);
    expect(await catalog.tryLock('evaluate')).toBeUndefined();
    const other = await catalog.tryLock('retention');
    expect(other?.name).toBe('retention');
    await lock?.release();
    await lock?.release();
    const again = await catalog.tryLock('evaluate');
    expect(again?.name).toBe('evaluate');
    await again?.release();
    await other?.release();
  });

  test('a NUL character is refused in words', async () => {
    const catalog = await catalogs.open();
    await expect(writeCursor(catalog.db, 'a', 'x\u0000y')).rejects.toMatchObject({ code: 'invalid-request' });
  });

  test('a number beyond 2^53 is an error, never rounded', async () => {
    const catalog = await catalogs.open();
    const read = (text: string) => sql<{ n: number }>`select ${sql.raw(text)}::bigint as n`.execute(catalog.db);
    expect((await read('9007199254740991')).rows[0]?.n).toBe(9007199254740991);
    await expect(read('9007199254740993')).rejects.toThrow('beyond 2^53');
  });
});

describeOnBothCatalogs('migrations', (catalogs) => {
  const extra = { id: 2, name: 'more', statements: ['create table verdant.more (id integer primary key)'] };

  test('each step is applied once, also when two start at once', async () => {
    const catalog = await catalogs.open();
    const applied = await Promise.all([
      migrateCatalog(catalog.db, tools, [...catalogMigrations, extra]),
      migrateCatalog(catalog.db, tools, [...catalogMigrations, extra]),
    ]);
    expect(applied.flat()).toEqual([2]);
    expect(await migrateCatalog(catalog.db, tools, [...catalogMigrations, extra])).toEqual([]);
    const rows = await catalog.db.selectFrom('migration').select(['id', 'name']).orderBy('id').execute();
    expect(rows).toEqual([
      { id: 1, name: 'first-tables' },
      { id: 2, name: 'more' },
    ]);
  });

  test('a step that fails leaves nothing behind', async () => {
    const catalog = await catalogs.open();
    const broken = { ...extra, statements: [...extra.statements, 'create tabel verdant.x ()'] };
    await expect(migrateCatalog(catalog.db, tools, [...catalogMigrations, broken])).rejects.toThrow('syntax error');
    expect(await migrateCatalog(catalog.db, tools, [...catalogMigrations, extra])).toEqual([2]);
  });

  test('an applied step that reads differently now is refused', async () => {
    const catalog = await catalogs.open();
    await migrateCatalog(catalog.db, tools, [...catalogMigrations, extra]);
    const changed = { ...extra, statements: ['create table verdant.more (id bigint primary key)'] };
    await expect(migrateCatalog(catalog.db, tools, [...catalogMigrations, changed])).rejects.toMatchObject({
      code: 'migration-changed',
      details: [{ message: 'Step 2 (more) of the catalog.' }],
    });
  });

  test('data of a newer Verdant is refused at opening', async () => {
    const location = await catalogs.locate();
    const newer = await openCatalog(location, tools);
    await migrateCatalog(newer.db, tools, [...catalogMigrations, extra]);
    await newer.close();
    await expect(openCatalog(location, tools)).rejects.toMatchObject({ code: 'data-directory-foreign' });
  });

  test('a schema of another program is refused and left alone', async () => {
    const location = await catalogs.locate();
    const first = await openCatalog(location, tools);
    await sql`drop table verdant.migration`.execute(first.db);
    await first.close();
    await expect(openCatalog(location, tools)).rejects.toMatchObject({ code: 'data-directory-foreign' });
  });
});

describe('the directory of PGlite', () => {
  const catalogs = pgliteCatalogs();

  test('a new directory is made, with its parents, and can be opened again', { timeout: 60_000 }, async () => {
    const parent = mkdtempSync(join(tmpdir(), 'verdant-catalog-'));
    const dir = join(parent, 'data', 'catalog');
    const first = await openCatalog({ dir, durability: 'disk' }, tools);
    await writeCursor(first.db, 'a', '1');
    const settings = await sql<{ name: string; setting: string }>`
      select name, setting from pg_settings where name in ('fsync', 'wal_sync_method') order by name`.execute(first.db);
    expect(settings.rows.map((row) => row.setting)).toEqual(['on', 'fsync']);
    await first.close();
    const second = await openCatalog({ dir }, tools);
    expect(await readCursor(second.db, 'a')).toBe('1');
    await second.close();
    rmSync(parent, { recursive: true });
  });

  test('a creation that was cut short is done again', { timeout: 60_000 }, async () => {
    const dir = mkdtempSync(join(tmpdir(), 'verdant-catalog-'));
    writeFileSync(join(dir, 'catalog.json'), JSON.stringify({ format: 1, postgres: 18, state: 'creating' }));
    mkdirSync(join(dir, 'postgres', 'base'), { recursive: true });
    const catalog = await openCatalog({ dir }, tools);
    expect(await readCursor(catalog.db, 'a')).toBeUndefined();
    await catalog.close();
    rmSync(dir, { recursive: true });
  });

  test('a second opening of a directory in use is refused, and works when the first is closed', async () => {
    const location = await catalogs.locate();
    const first = await openCatalog(location, tools);
    await expect(openCatalog(location, tools)).rejects.toMatchObject({
      code: 'data-directory-in-use',
      details: [{ message: `process ${process.pid} holds it` }],
    });
    await first.close();
    const second = await openCatalog(location, tools);
    await second.close();
  });

  test('a directory with other files is foreign and stays as it is', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'verdant-foreign-'));
    writeFileSync(join(dir, 'photos.txt'), 'x');
    await expect(openCatalog({ dir }, tools)).rejects.toMatchObject({
      code: 'data-directory-foreign',
      details: [{ path: dir, message: 'It holds "photos.txt", but no catalog.json.' }],
    });
    expect(readdirSync(dir)).toEqual(['photos.txt']);
    rmSync(dir, { recursive: true });
  });

  test('a file in place of the directory is foreign', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'verdant-foreign-'));
    writeFileSync(join(dir, 'file'), 'x');
    for (const path of [join(dir, 'file'), join(dir, 'file', 'below')]) {
      await expect(openCatalog({ dir: path }, tools)).rejects.toMatchObject({ code: 'data-directory-foreign' });
    }
    rmSync(dir, { recursive: true });
  });

  test('a directory of a newer format is foreign', async () => {
    const dir = await newPgliteDirectory();
    writeFileSync(join(dir, 'catalog.json'), JSON.stringify({ format: 1, postgres: 19, state: 'ready' }));
    await expect(openCatalog({ dir }, tools)).rejects.toMatchObject({ code: 'data-directory-foreign' });
    rmSync(dir, { recursive: true });
  });

  test.each([
    ['catalog.json is cut off', (dir: string) => writeFileSync(join(dir, 'catalog.json'), '{"for')],
    ['pg_control is gone', (dir: string) => rmSync(join(dir, 'postgres/global/pg_control'))],
    [
      'pg_control is garbage',
      (dir: string) => writeFileSync(join(dir, 'postgres/global/pg_control'), 'x'.repeat(8192)),
    ],
    ['the write-ahead log is gone', (dir: string) => rmSync(join(dir, 'postgres/pg_wal'), { recursive: true })],
    ['the tables are gone', (dir: string) => rmSync(join(dir, 'postgres/base'), { recursive: true })],
    ['all data is gone', (dir: string) => rmSync(join(dir, 'postgres'), { recursive: true })],
    ['the system catalog is cut off', (dir: string) => truncateSync(join(dir, 'postgres/base/5/1259'), 0)],
  ])('it is corrupt when %s', async (_name, harm) => {
    const dir = await newPgliteDirectory();
    harm(dir);
    const error: unknown = await openCatalog({ dir }, tools).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'data-directory-corrupt' });
    expect(readdirSync(dir)).not.toContain('lock');
    rmSync(dir, { recursive: true });
  });
});

describe('a PostgreSQL outside', () => {
  test('one that does not answer is said to be unavailable', async () => {
    await expect(openCatalog({ url: 'postgres://u@127.0.0.1:1/db' }, tools)).rejects.toMatchObject({
      code: 'store-unavailable',
    });
  });
});
