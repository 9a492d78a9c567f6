import { inTransaction } from '../../store/catalog/in-transaction.ts';
import { deleteSession } from '../../store/catalog/tables/session.ts';
import type { AccessContext } from '../context.ts';
import { audit } from './audit.ts';
import { hashSecret } from './secret.ts';

/** Signs a browser out. A session that ended before is no error. */
export async function endSession(ctx: AccessContext, input: { readonly secret: string }): Promise<void> {
  const hash = hashSecret(input.secret);
  await inTransaction(ctx.catalog, async (tx) => {
    const name = await deleteSession(tx, hash);
    if (name !== undefined) await audit(tx, ctx, { verb: 'endSession', subject: `session/${name}` });
  });
  ctx.principals.forget(hash);
}
