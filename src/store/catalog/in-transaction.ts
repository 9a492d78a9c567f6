import { sql } from 'kysely';
import type { CatalogDb } from './catalog-db.ts';
import type { CatalogHandle } from './catalog-schema.ts';
import { insideTransaction } from './transaction-scope.ts';

/**
 * Runs `work` as one transaction: all of its writes, or none when it throws. Within it only the handed-over handle may
 * be asked; `catalog.db` throws there, because on PGlite (one connection) it would wait for ever.
 * @throws what `work` throws, and VerdantError `store-unavailable` or `store-full` of the database
 */
export function inTransaction<T>(catalog: CatalogDb, work: (tx: CatalogHandle) => Promise<T>): Promise<T> {
  return catalog.db.transaction().execute((tx) => insideTransaction(() => work(tx)));
}

/**
 * Makes transactions that take the same name run one after the other, over all processes; freed when the transaction
 * ends. For reads that decide writes, such as "create it if there is none".
 */
export async function takeTransactionLock(tx: CatalogHandle, name: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`verdant:${name}`}, 0))`.execute(tx);
}
