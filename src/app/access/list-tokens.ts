import type { Token } from '../../contract/api/access.ts';
import { listStoredTokens } from '../../store/catalog/tables/token.ts';
import type { AccessContext } from '../context.ts';
import { requireScope } from './require-scope.ts';
import { tokenView } from './token-view.ts';

/**
 * All tokens that are not revoked, the oldest first.
 * @throws VerdantError `forbidden` without `tokens:write`
 */
export async function listTokens(ctx: AccessContext): Promise<readonly Token[]> {
  requireScope(ctx.actor, 'tokens:write');
  return (await listStoredTokens(ctx.catalog.db)).map(tokenView);
}
