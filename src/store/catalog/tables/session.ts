import type { Scope } from '../../../contract/scopes.ts';
import type { CatalogHandle } from '../catalog-schema.ts';
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

/** The session of a secret, unless it expired. */
export async function findSession(db: CatalogHandle, hash: string, now: number): Promise<StoredSession | undefined> {
  const row = await db
    .selectFrom('session')
    .selectAll()
    .where('hash', '=', hash)
    .where('expires_at', '>', now)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  return {
    hash: row.hash,
    name: row.name,
    scopes: knownScopes(row.scopes),
    createdAt: row.created_at,
    expiresAt: row.expires_at,
  };
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
