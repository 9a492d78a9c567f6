import { type Selectable, sql } from 'kysely';
import type { Scope } from '../../../contract/scopes.ts';
import type { CatalogHandle, CatalogSchema } from '../catalog-schema.ts';
import { knownScopes } from './known-scopes.ts';

/** A token without its secret. Times are milliseconds since the epoch. */
export interface StoredToken {
  readonly id: string;
  readonly name: string;
  readonly scopes: readonly Scope[];
  readonly createdAt: number;
  readonly lastUsedAt: number | undefined;
}

const toToken = (row: Selectable<CatalogSchema['token']>): StoredToken => ({
  id: row.id,
  name: row.name,
  scopes: knownScopes(row.scopes),
  createdAt: row.created_at,
  lastUsedAt: row.last_used_at ?? undefined,
});

/** Stores a token by the hash of its secret. */
export async function insertToken(
  tx: CatalogHandle,
  token: Omit<StoredToken, 'lastUsedAt'> & { readonly hash: string },
): Promise<void> {
  await tx
    .insertInto('token')
    .values({
      id: token.id,
      name: token.name,
      hash: token.hash,
      scopes: [...token.scopes],
      created_at: token.createdAt,
      last_used_at: null,
      revoked_at: null,
    })
    .execute();
}

/** The token that a secret belongs to, unless it was revoked. */
export async function findTokenByHash(db: CatalogHandle, hash: string): Promise<StoredToken | undefined> {
  const row = await db
    .selectFrom('token')
    .selectAll()
    .where('hash', '=', hash)
    .where('revoked_at', 'is', null)
    .executeTakeFirst();
  return row === undefined ? undefined : toToken(row);
}

/** Tokens that are not revoked, by the hashes of their secrets. */
export async function findTokensByHash(
  db: CatalogHandle,
  hashes: readonly string[],
): Promise<ReadonlyMap<string, StoredToken>> {
  const rows = await db
    .selectFrom('token')
    .selectAll()
    .where('hash', '=', sql<string>`any(${[...hashes]}::text[])`)
    .where('revoked_at', 'is', null)
    .execute();
  return new Map(rows.map((row) => [row.hash, toToken(row)]));
}

/** All tokens that are not revoked, the oldest first. */
export async function listStoredTokens(db: CatalogHandle): Promise<readonly StoredToken[]> {
  const rows = await db
    .selectFrom('token')
    .selectAll()
    .where('revoked_at', 'is', null)
    .orderBy('created_at')
    .orderBy('id')
    .execute();
  return rows.map(toToken);
}

/** Whether a token of this name was ever made, revoked or not. */
export async function wasTokenMade(db: CatalogHandle, name: string): Promise<boolean> {
  const row = await db.selectFrom('token').select('id').where('name', '=', name).limit(1).executeTakeFirst();
  return row !== undefined;
}

/** Notes that a token was used, unless a use is noted that is newer than `ifBefore`. */
export async function noteTokenUse(db: CatalogHandle, id: string, now: number, ifBefore: number): Promise<void> {
  await db
    .updateTable('token')
    .set({ last_used_at: now })
    .where('id', '=', id)
    .where((eb) => eb.or([eb('last_used_at', 'is', null), eb('last_used_at', '<=', ifBefore)]))
    .execute();
}

/**
 * Makes a token useless for ever.
 * @returns its name and the hash of its secret, or undefined when there is no such token or it was revoked before
 */
export async function revokeStoredToken(
  tx: CatalogHandle,
  id: string,
  now: number,
): Promise<{ readonly name: string; readonly hash: string } | undefined> {
  return tx
    .updateTable('token')
    .set({ revoked_at: now })
    .where('id', '=', id)
    .where('revoked_at', 'is', null)
    .returning(['name', 'hash'])
    .executeTakeFirst();
}
