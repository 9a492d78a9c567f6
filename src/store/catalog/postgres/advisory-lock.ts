import type { Pool, PoolClient } from 'pg';
import type { ExclusiveLock } from '../catalog-db.ts';
import { translateError } from '../translate-error.ts';

/**
 * A session lock on a connection of its own: PostgreSQL frees it by itself when the process or the network dies.
 * @returns undefined when another session holds it
 */
export async function tryAdvisoryLock(pool: Pool, name: string): Promise<ExclusiveLock | undefined> {
  const key = `verdant:${name}`;
  try {
    const client = await pool.connect();
    const lost = loseWith(client);
    const result = await client.query<{ taken: boolean }>(
      'select pg_try_advisory_lock(hashtextextended($1, 0)) as taken',
      [key],
    );
    if (result.rows[0]?.taken === true) return { name, lost: lost.signal, release: once(() => unlock(client, key)) };
    client.release();
    return undefined;
  } catch (error) {
    throw translateError(error);
  }
}

function loseWith(client: PoolClient): AbortController {
  const lost = new AbortController();
  client.on('error', () => lost.abort());
  client.on('end', () => lost.abort());
  return lost;
}

/** A connection that cannot say it gave the lock back is closed, which frees it as well. */
async function unlock(client: PoolClient, key: string): Promise<void> {
  try {
    await client.query('select pg_advisory_unlock(hashtextextended($1, 0))', [key]);
    client.release();
  } catch {
    client.release(true);
  }
}

function once(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  return () => {
    running ??= work();
    return running;
  };
}
