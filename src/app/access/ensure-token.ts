import type { Scope } from '../../contract/scopes.ts';
import type { CatalogHandle } from '../../store/catalog/catalog-schema.ts';
import { inTransaction, takeTransactionLock } from '../../store/catalog/in-transaction.ts';
import { findTokenByHash, wasTokenMade } from '../../store/catalog/tables/token.ts';
import type { AccessContext } from '../context.ts';
import { hashSecret } from './secret.ts';
import { storeNewToken } from './store-new-token.ts';

/** What the file of a token that Verdant makes for itself turned out to hold. */
export type EnsuredToken =
  /** The file's token is good. */
  | { readonly state: 'valid' }
  /** A new one was made: write it to the file. */
  | { readonly state: 'created'; readonly secret: string }
  /** The file's token is unknown here or was revoked. */
  | { readonly state: 'invalid' }
  /** There is no file, though a token was made before: someone took it away. */
  | { readonly state: 'absent' };

export interface EnsureInput {
  /** What the file holds; undefined when there is none. */
  readonly stored: string | undefined;
  /** Makes a new one in place of `invalid` and `absent`, for who has lost the token. Default: no. */
  readonly renew?: boolean;
}

/** Makes a token at the first start, once over all processes. */
export function ensureToken(
  ctx: AccessContext,
  token: { readonly name: string; readonly scopes: readonly Scope[]; readonly verb: string },
  input: EnsureInput,
): Promise<EnsuredToken> {
  return inTransaction(ctx.catalog, async (tx): Promise<EnsuredToken> => {
    await takeTransactionLock(tx, `ensure-token:${token.name}`);
    const stored = input.stored?.trim();
    if (stored !== undefined && (await isGood(tx, stored, token.scopes))) return { state: 'valid' };
    if (input.renew !== true && (await wasTokenMade(tx, token.name))) {
      return { state: stored === undefined ? 'absent' : 'invalid' };
    }
    return { state: 'created', secret: (await storeNewToken(tx, ctx, token)).secret };
  });
}

async function isGood(tx: CatalogHandle, secret: string, scopes: readonly Scope[]): Promise<boolean> {
  const token = await findTokenByHash(tx, hashSecret(secret));
  return token !== undefined && scopes.every((scope) => token.scopes.includes(scope));
}
