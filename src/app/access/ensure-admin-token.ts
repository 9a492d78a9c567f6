import { allScopes } from '../../contract/scopes.ts';
import type { AccessContext } from '../context.ts';
import { type EnsuredToken, type EnsureInput, ensureToken } from './ensure-token.ts';

/**
 * Makes the admin token at the first start, for the file `admin-token` in the data directory, which the command line
 * reads. Later it only says whether the file's token is still good: who took it away on purpose does not get it back.
 */
export function ensureAdminToken(ctx: AccessContext, input: EnsureInput): Promise<EnsuredToken> {
  return ensureToken(ctx, { name: 'admin', scopes: allScopes, verb: 'ensureAdminToken' }, input);
}
