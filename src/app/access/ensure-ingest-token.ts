import type { AccessContext } from '../context.ts';
import { type EnsuredToken, type EnsureInput, ensureToken } from './ensure-token.ts';

/** Makes a token that may only send telemetry, as ensureAdminToken does for the admin. */
export function ensureIngestToken(ctx: AccessContext, input: EnsureInput): Promise<EnsuredToken> {
  return ensureToken(ctx, { name: 'ingest', scopes: ['ingest:write'], verb: 'ensureIngestToken' }, input);
}
