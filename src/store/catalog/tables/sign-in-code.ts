import type { Scope } from '../../../contract/scopes.ts';
import type { CatalogHandle } from '../catalog-schema.ts';
import { knownScopes } from './known-scopes.ts';

/** What a sign-in link is good for. */
export interface SignInGrant {
  /** Who made the link. */
  readonly name: string;
  readonly scopes: readonly Scope[];
}

/** Stores a code by its hash. `expiresAt` is milliseconds since the epoch. */
export async function insertSignInCode(
  tx: CatalogHandle,
  code: SignInGrant & { readonly hash: string; readonly expiresAt: number },
): Promise<void> {
  await tx
    .insertInto('sign_in_code')
    .values({
      hash: code.hash,
      name: code.name,
      scopes: [...code.scopes],
      expires_at: code.expiresAt,
      used_at: null,
    })
    .execute();
}

/**
 * Uses a code up, in one statement, so that of two who use it at once exactly one gets it.
 * @returns undefined when it is unknown, used or expired
 */
export async function takeSignInCode(tx: CatalogHandle, hash: string, now: number): Promise<SignInGrant | undefined> {
  const row = await tx
    .updateTable('sign_in_code')
    .set({ used_at: now })
    .where('hash', '=', hash)
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
    .returning(['name', 'scopes'])
    .executeTakeFirst();
  return row === undefined ? undefined : { name: row.name, scopes: knownScopes(row.scopes) };
}

/** Forgets codes that have expired, used or not. */
export async function deleteExpiredSignInCodes(tx: CatalogHandle, now: number): Promise<void> {
  await tx.deleteFrom('sign_in_code').where('expires_at', '<=', now).execute();
}
