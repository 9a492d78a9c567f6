import { reserveObjectiveIds } from '../../store/catalog/tables/objective.ts';
import { highestObjective } from '../../store/telemetry/questions/highest-objective.ts';
import type { VerdantContext } from '../verdant-context.ts';

/**
 * Gives no new objective a number under which the ledger holds slices of another. A catalog that was restored from a
 * backup, or lost while the telemetry was kept, would count from where it stood then.
 */
export async function keepNumbersApart(ctx: VerdantContext): Promise<void> {
  await reserveObjectiveIds(ctx.catalog.db, await highestObjective(ctx.telemetry.engine));
}
