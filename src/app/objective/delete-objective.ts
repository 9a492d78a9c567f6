import { VerdantError } from '../../contract/errors.ts';
import { inTransaction } from '../../store/catalog/in-transaction.ts';
import { deleteObjectives, findObjective } from '../../store/catalog/tables/objective.ts';
import { audit } from '../access/audit.ts';
import { requireScope } from '../access/require-scope.ts';
import type { ActingContext } from '../verdant-context.ts';

/**
 * Deletes an objective. Its slices stay in the ledger until their retention ends; nothing shows them any more, since
 * the number they are kept under is never given again.
 * @throws VerdantError `not-found`, or `forbidden` without `objectives:write`
 */
export async function deleteObjective(ctx: ActingContext, name: string): Promise<void> {
  requireScope(ctx.actor, 'objectives:write');
  await inTransaction(ctx.catalog, async (tx) => {
    const stored = await findObjective(tx, name);
    if (stored === undefined) throw new VerdantError('not-found', { message: `There is no objective "${name}".` });
    await deleteObjectives(tx, [stored.id]);
    await audit(tx, ctx, {
      verb: 'deleteObjective',
      subject: `objective/${name}`,
      detail: { definition: stored.definition },
    });
  });
}
