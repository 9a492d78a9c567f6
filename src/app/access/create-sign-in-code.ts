import { inTransaction } from '../../store/catalog/in-transaction.ts';
import { deleteExpiredSignInCodes, insertSignInCode } from '../../store/catalog/tables/sign-in-code.ts';
import type { AccessContext } from '../context.ts';
import { audit } from './audit.ts';
import { requireScope } from './require-scope.ts';
import { newSecret } from './secret.ts';

const VALID_MS = 15 * 60_000;

export interface SignInCode {
  /** For the link. */
  readonly code: string;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
}

/**
 * Makes a code that signs a browser in once, within 15 minutes, with the scopes of the one who made it.
 * @throws VerdantError `forbidden` without `tokens:write`
 */
export async function createSignInCode(ctx: AccessContext): Promise<SignInCode> {
  requireScope(ctx.actor, 'tokens:write');
  const now = ctx.clock.now();
  const secret = newSecret('sign-in', ctx.random);
  const expiresAt = now + VALID_MS;
  const { name, scopes } = ctx.actor;
  await inTransaction(ctx.catalog, async (tx) => {
    await deleteExpiredSignInCodes(tx, now);
    await insertSignInCode(tx, { hash: secret.hash, name, scopes, expiresAt });
    await audit(tx, ctx, { verb: 'createSignInCode', subject: `session/${name}`, detail: { expiresAt } });
  });
  return { code: secret.text, expiresAt };
}
