import type { Token } from '../../contract/api/access.ts';
import type { Scope } from '../../contract/scopes.ts';
import type { CatalogHandle } from '../../store/catalog/catalog-schema.ts';
import { insertToken, type StoredToken } from '../../store/catalog/tables/token.ts';
import type { AccessContext } from '../context.ts';
import { audit } from './audit.ts';
import { newSecret } from './secret.ts';
import { tokenView } from './token-view.ts';

const ID_BYTES = 12;

/** A token with its secret, which is never shown again. */
export type CreatedToken = Token & { readonly secret: string };

/** Makes a token within a transaction, audited. What it may give was checked before. */
export async function storeNewToken(
  tx: CatalogHandle,
  ctx: AccessContext,
  input: { readonly name: string; readonly scopes: readonly Scope[]; readonly verb: string },
): Promise<CreatedToken> {
  const scopes = [...new Set(input.scopes)].sort();
  const isIngestOnly = scopes.length === 1 && scopes[0] === 'ingest:write';
  const secret = newSecret(isIngestOnly ? 'ingest' : 'api', ctx.random);
  const token: StoredToken = {
    id: Buffer.from(ctx.random(ID_BYTES)).toString('hex'),
    name: input.name,
    scopes,
    createdAt: ctx.clock.now(),
    lastUsedAt: undefined,
  };
  await insertToken(tx, { ...token, hash: secret.hash });
  await audit(tx, ctx, { verb: input.verb, subject: `token/${input.name}`, detail: { id: token.id, scopes } });
  return { ...tokenView(token), secret: secret.text };
}
