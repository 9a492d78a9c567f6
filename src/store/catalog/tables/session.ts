import { type Selectable, sql } from 'kysely';
import type { Scope } from '../../../contract/scopes.ts';
import type { CatalogHandle, CatalogSchema } from '../catalog-schema.ts';
import { knownScopes } from './known-scopes.ts';

/** A signed-in browser. Times are milliseconds since the epoch. */
export interface StoredSession {
  /** SHA-256 of its secret. */
  readonly hash: string;
  /** Who made the link that it came from. */
  readonly name: string;
  readonly scopes: readonly Scope[];
  readonly createdAt: number;
  readonly expiresAt: number;
}

const toSession = (row: Selectable<CatalogSchema['session']>): StoredSession => ({
  hash: row.hash,
  name: row.name,
  scopes: knownScopes(row.scopes),
  createdAt: row.created_at,
  expiresAt: row.expires_at,
});

/** Stores a new session. */
export async function insertSession(tx: CatalogHandle, session: StoredSession): Promise<void> {
  await tx
    .insertInto('session')
    .values({
      hash: session.hash,
      name: session.name,
      scopes: [...session.scopes],
      created_at: session.createdAt,
      expires_at: session.expiresAt,
    })
    .execute();
}

/** Sessions by the hashes of their secrets, expired ones too. */
export async function findSessions(
  db: CatalogHandle,
  hashes: readonly string[],
): Promise<ReadonlyMap<string, StoredSession>> {
  const rows = await db
    .selectFrom('session')
    .selectAll()
    .where('hash', '=', sql<string>`any(${[...hashes]}::text[])`)
    .execute();
  return new Map(rows.map((row) => [row.hash, toSession(row)]));
}

/** @returns the name of the session that ended, or undefined when there was none */
export async function deleteSession(tx: CatalogHandle, hash: string): Promise<string | undefined> {
  const row = await tx.deleteFrom('session').where('hash', '=', hash).returning('name').executeTakeFirst();
  return row?.name;
}

/** Forgets sessions that have expired. */
export async function deleteExpiredSessions(tx: CatalogHandle, now: number): Promise<void> {
  await tx.deleteFrom('session').where('expires_at', '<=', now).execute();
}
