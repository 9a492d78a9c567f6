import { fsyncSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { expect, test } from 'vitest';
import { newPgliteDirectory } from '../../../../test/factories/catalogs.ts';
import { PglitePool } from './pglite-pool.ts';
import { SyncingFileSystem, syncingStartParameters } from './syncing-file-system.ts';

async function open(sync: (descriptor: number) => void, startParams: string[]) {
  const dir = await newPgliteDirectory();
  const pglite = await PGlite.create({ fs: new SyncingFileSystem(join(dir, 'postgres'), sync), startParams });
  await pglite.exec('create table t (n integer)');
  return { pglite, remove: () => rmSync(dir, { recursive: true }) };
}

test('each commit waits for the disk with the syncing parameters, and none without', async () => {
  for (const [startParams, perCommit] of [
    [syncingStartParameters(PGlite.defaultStartParams), 1],
    [PGlite.defaultStartParams, 0],
  ] as const) {
    let syncs = 0;
    const counting = (descriptor: number) => {
      syncs += 1;
      fsyncSync(descriptor);
    };
    const { pglite, remove } = await open(counting, startParams);
    syncs = 0;
    for (let n = 0; n < 20; n++) await pglite.query('insert into t values ($1)', [n]);
    expect(syncs).toBe(20 * perCommit);
    await pglite.close();
    remove();
  }
});

test('a commit that does not reach the disk is not acknowledged, and the catalog goes on when the disk does', async () => {
  const dir = join(await newPgliteDirectory(), 'postgres');
  let broken = false;
  const breaking = (descriptor: number) => {
    if (broken) throw new Error('the disk is gone');
    fsyncSync(descriptor);
  };
  const pool = await PglitePool.open(() =>
    PGlite.create({
      fs: new SyncingFileSystem(dir, breaking),
      startParams: syncingStartParameters(PGlite.defaultStartParams),
    }),
  );
  const first = await pool.connect();
  await first.query('create table t (n integer)', []);
  await first.query('insert into t values ($1)', [1]);
  broken = true;
  const unavailable = expect.objectContaining({ code: 'store-unavailable' });
  await expect(first.query('insert into t values ($1)', [2])).rejects.toEqual(unavailable);
  await expect(first.query('rollback', [])).rejects.toEqual(unavailable);
  first.release();
  await expect(pool.connect()).rejects.toEqual(unavailable);
  broken = false;
  const second = await pool.connect();
  const { rows } = await second.query<{ n: number }>('select n from t where n = 1', []);
  expect(rows).toEqual([{ n: 1 }]);
  second.release();
  await pool.end();
  rmSync(join(dir, '..'), { recursive: true });
});
