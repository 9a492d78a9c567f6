import { VerdantError } from '../../contract/errors.ts';
import { inTransaction } from '../../store/catalog/in-transaction.ts';
import { revokeStoredToken } from '../../store/catalog/tables/token.ts';
import type { AccessContext } from '../context.ts';
import { audit } from './audit.ts';
import { requireScope } from './require-scope.ts';

/**
 * Makes a token useless: at once in this process, within 5 s in others.
 * @throws VerdantError `not-found` when there is no such token or it was revoked before, `forbidden` without
 * `tokens:write`
 */
export async function revokeToken(ctx: AccessContext, input: { readonly id: string }): Promise<void> {
  requireScope(ctx.actor, 'tokens:write');
  const revoked = await inTransaction(ctx.catalog, async (tx) => {
    const token = await revokeStoredToken(tx, input.id, ctx.clock.now());
    if (token === undefined) throw new VerdantError('not-found', { message: `There is no token ${input.id}.` });
    await audit(tx, ctx, { verb: 'revokeToken', subject: `token/${token.name}`, detail: { id: input.id } });
    return token;
  });
  ctx.principals.forget(revoked.hash);
}
