import type { Scope } from '../../contract/scopes.ts';
import { inTransaction } from '../../store/catalog/in-transaction.ts';
import type { AccessContext } from '../context.ts';
import { requireScope, requireScopesToGive } from './require-scope.ts';
import { type CreatedToken, storeNewToken } from './store-new-token.ts';

/**
 * Makes a token. Its secret starts with `vdi_` when all it may do is send telemetry, with `vdt_` otherwise.
 * @throws VerdantError `forbidden` when the actor lacks `tokens:write` or a scope that it wants to give
 */
export async function createToken(
  ctx: AccessContext,
  input: { readonly name: string; readonly scopes: readonly Scope[] },
): Promise<CreatedToken> {
  requireScope(ctx.actor, 'tokens:write');
  requireScopesToGive(ctx.actor, input.scopes);
  return inTransaction(ctx.catalog, (tx) => storeNewToken(tx, ctx, { ...input, verb: 'createToken' }));
}
