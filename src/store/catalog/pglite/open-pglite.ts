import { once } from 'node:events';
import { createRequire } from 'node:module';
import { setFlagsFromString } from 'node:v8';
import { Worker } from 'node:worker_threads';
import { PGlite } from '@electric-sql/pglite';
import { Kysely, PostgresDialect, sql } from 'kysely';
import { VerdantError } from '../../../contract/errors.ts';
import type { CatalogDb, ExclusiveLock } from '../catalog-db.ts';
import type { CatalogSchema } from '../catalog-schema.ts';
import { guardPool } from '../guarded-pool.ts';
import { BIGINT_OID, readSafeInteger } from '../safe-integer.ts';
import { type PgliteDirectory, syncTree, takePgliteDirectory } from './pglite-directory.ts';
import { PglitePool } from './pglite-pool.ts';
import { SyncingFileSystem, syncingStartParameters } from './syncing-file-system.ts';

/** What an acknowledged write survives: the end of the process (kill -9), or of the power too. */
export type Durability = 'process' | 'disk';

/** What a catalog of ten thousand objectives needs; the default of 128 MB is memory taken at the start. */
const POSTGRES_CONF = ['shared_buffers=8MB'];

/**
 * Opens the PostgreSQL inside the process. It costs some 130 MB of memory: one in a process, not two.
 *
 * Durability: PGlite runs without fsync, which survives kill -9, since the kernel has the pages. `disk` turns fsync on
 * through a file system of ours, so that each commit is on the disk before it is acknowledged (about 1 ms dearer).
 * @throws VerdantError `data-directory-in-use`, `-foreign` or `-corrupt`
 */
export async function openPglite(
  dir: string,
  durability: Durability,
  ready: (db: CatalogDb) => Promise<unknown>,
): Promise<CatalogDb> {
  const directory = await takePgliteDirectory(dir);
  try {
    preferBaselineCompiler();
    if (directory.fresh) await createCluster(directory);
    const pool = await PglitePool.open(() => start(directory, durability));
    const catalog = await describe(pool, directory);
    try {
      await ready(catalog);
      if (directory.fresh) finishCreation(directory, durability);
      return catalog;
    } catch (error) {
      await catalog.close();
      throw error;
    }
  } catch (error) {
    directory.unlock();
    throw error;
  }
}

/** Measured: the optimising compiler of wasm makes opening slower and holds 150 MB more, for queries no faster. */
const preferBaselineCompiler = (): void => setFlagsFromString('--liftoff-only');

/** Runs in the worker, which finds the module by the path that it has here. */
const CREATE = `
  const { workerData } = require('node:worker_threads');
  const { PGlite } = require(workerData.module);
  PGlite.create({ dataDir: workerData.directory, postgresqlconf: workerData.configuration }).then((db) => db.close());
`;

/** Makes the files of a new database in a thread of its own: the 450 MB that PostgreSQL's initdb takes go with it. */
async function createCluster(directory: PgliteDirectory): Promise<void> {
  const workerData = {
    module: createRequire(import.meta.url).resolve('@electric-sql/pglite'),
    directory: directory.data,
    configuration: POSTGRES_CONF,
  };
  const worker = new Worker(CREATE, { eval: true, workerData });
  const [code] = await once(worker, 'exit').catch((cause: unknown) => {
    throw new VerdantError('data-directory-corrupt', {
      details: [{ path: directory.data, message: 'The embedded PostgreSQL cannot be created here.' }],
      cause,
    });
  });
  if (code !== 0)
    throw new VerdantError('data-directory-corrupt', {
      details: [{ path: directory.data, message: `Creating it ended with ${code}.` }],
    });
}

async function start(directory: PgliteDirectory, durability: Durability): Promise<PGlite> {
  try {
    return await PGlite.create({
      fs: new SyncingFileSystem(directory.data),
      parsers: { [BIGINT_OID]: readSafeInteger },
      postgresqlconf: POSTGRES_CONF,
      ...(durability === 'disk' ? { startParams: syncingStartParameters(PGlite.defaultStartParams) } : {}),
    });
  } catch (error) {
    throw new VerdantError('data-directory-corrupt', {
      details: [{ path: directory.data, message: 'The embedded PostgreSQL does not start on it.' }],
      cause: error,
    });
  }
}

function finishCreation(directory: PgliteDirectory, durability: Durability): void {
  if (durability === 'disk') syncTree(directory.data);
  directory.markReady();
}

async function describe(pool: PglitePool, directory: PgliteDirectory): Promise<CatalogDb> {
  const kysely = new Kysely<CatalogSchema>({ dialect: new PostgresDialect({ pool: guardPool(pool) }) });
  const answer = await sql<{ version: string }>`select current_setting('server_version') as version`.execute(kysely);
  return {
    db: kysely.withSchema('verdant'),
    engine: 'pglite',
    version: answer.rows[0]?.version.split(' ')[0] ?? 'unknown',
    tryLock: locksOfProcess(),
    close: () => pool.end().then(() => directory.unlock()),
  };
}

/** The process that has the directory shares it with nobody: a set of names is all it takes. */
function locksOfProcess(): CatalogDb['tryLock'] {
  const taken = new Set<string>();
  const never = new AbortController();
  return async (name): Promise<ExclusiveLock | undefined> => {
    if (taken.has(name)) return undefined;
    taken.add(name);
    let held = true;
    const release = async () => {
      if (held) taken.delete(name);
      held = false;
    };
    return { name, lost: never.signal, release };
  };
}
