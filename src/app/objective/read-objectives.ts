import type { ObjectiveDetail, ObjectiveSummary } from '../../contract/api/objectives.ts';
import { VerdantError } from '../../contract/errors.ts';
import { type Backfill, openBackfills } from '../../store/catalog/tables/backfill.ts';
import { requireScope } from '../access/require-scope.ts';
import type { ActingContext, VerdantContext } from '../verdant-context.ts';
import type { KnownObjective } from './objective-book.ts';
import { detailView, summaryView } from './objective-views.ts';

/** Histories that are still being computed, by objective number. */
export async function unfinishedBackfills(ctx: VerdantContext): Promise<ReadonlyMap<number, Backfill>> {
  return new Map((await openBackfills(ctx.catalog.db)).map((backfill) => [backfill.objectiveId, backfill]));
}

/**
 * Finds an objective for someone who may read it.
 * @throws VerdantError `not-found`, or `forbidden` without `objectives:read`
 */
export async function findReadable(ctx: ActingContext, name: string): Promise<KnownObjective> {
  requireScope(ctx.actor, 'objectives:read');
  const known = await ctx.objectives.find(name);
  if (known === undefined) throw new VerdantError('not-found', { message: `There is no objective "${name}".` });
  return known;
}

/** All objectives by name. */
export async function listObjectives(ctx: ActingContext): Promise<ObjectiveSummary[]> {
  requireScope(ctx.actor, 'objectives:read');
  const [all, backfills] = await Promise.all([ctx.objectives.all(), unfinishedBackfills(ctx)]);
  return all.map((known) => summaryView(known, backfills.get(known.id)));
}

/** One objective with its definition. */
export async function getObjective(ctx: ActingContext, name: string): Promise<ObjectiveDetail> {
  const known = await findReadable(ctx, name);
  return detailView(known, (await unfinishedBackfills(ctx)).get(known.id));
}
