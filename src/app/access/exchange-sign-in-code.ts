import { VerdantError } from '../../contract/errors.ts';
import { inTransaction } from '../../store/catalog/in-transaction.ts';
import { deleteExpiredSessions, insertSession } from '../../store/catalog/tables/session.ts';
import { takeSignInCode } from '../../store/catalog/tables/sign-in-code.ts';
import type { AccessContext } from '../context.ts';
import type { Actor } from './actor.ts';
import { audit } from './audit.ts';
import { hashSecret, looksLikeSecret, newSecret } from './secret.ts';

const SESSION_MS = 30 * 24 * 3_600_000;

export interface NewSession {
  /** Value of the session cookie; only its hash is kept. */
  readonly secret: string;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
  readonly actor: Actor;
}

/**
 * Uses a sign-in code up for a session of 30 days. Of two who use it at once exactly one gets in.
 * @throws VerdantError `sign-in-code-invalid` when it is unknown, used or expired
 */
export async function exchangeSignInCode(
  ctx: Omit<AccessContext, 'actor'>,
  input: { readonly code: string },
): Promise<NewSession> {
  if (!looksLikeSecret(input.code, ['sign-in'])) throw new VerdantError('sign-in-code-invalid');
  const now = ctx.clock.now();
  const secret = newSecret('session', ctx.random);
  const expiresAt = now + SESSION_MS;
  const actor = await inTransaction(ctx.catalog, async (tx): Promise<Actor> => {
    const grant = await takeSignInCode(tx, hashSecret(input.code), now);
    if (grant === undefined) throw new VerdantError('sign-in-code-invalid');
    const signedIn: Actor = { kind: 'session', ...grant };
    await deleteExpiredSessions(tx, now);
    await insertSession(tx, { hash: secret.hash, ...grant, createdAt: now, expiresAt });
    await audit(
      tx,
      { clock: ctx.clock, actor: signedIn },
      { verb: 'exchangeSignInCode', subject: `session/${grant.name}`, detail: { expiresAt } },
    );
    return signedIn;
  });
  return { secret: secret.text, expiresAt, actor };
}
