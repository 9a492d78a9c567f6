import type { Backfill } from '../../store/catalog/tables/backfill.ts';
import { nextBackfills, recordBackfillProgress } from '../../store/catalog/tables/backfill.ts';
import type { KnownObjective } from '../objective/objective-book.ts';
import type { VerdantContext } from '../verdant-context.ts';
import { countRange } from './count-range.ts';
import { nextRevision } from './evaluate-fresh.ts';

const DAY_MS = 86_400_000;
/** Objectives taken along when they wait for the same hours: one pass over the spans serves them all. */
const AT_ONCE = 500;

interface Work {
  readonly backfill: Backfill;
  readonly known: KnownObjective;
}

/**
 * Computes one day of history for the objectives that wait for it, newest first.
 * @returns names of the objectives that moved on; empty when nothing waits
 */
export async function backFillStep(ctx: VerdantContext): Promise<string[]> {
  const waiting = await nextBackfills(ctx.catalog.db, AT_ONCE);
  const first = waiting[0];
  if (first === undefined) return [];
  const known = new Map((await ctx.objectives.all()).map((objective) => [objective.id, objective]));
  const toMs = first.doneDownToMs;
  const fromMs = Math.max(first.fromMs, Math.floor((toMs - 1) / DAY_MS) * DAY_MS);
  const together = waiting.filter((backfill) => backfill.doneDownToMs === toMs && backfill.fromMs === first.fromMs);
  const work = together.map((backfill) => ({ backfill, known: known.get(backfill.objectiveId) })).filter(isCurrent);
  if (work.length > 0 && fromMs < toMs) {
    const objectives = work.map((item) => item.known);
    ctx.evaluation.slicesWritten += await countRange(ctx, objectives, [{ fromMs, toMs }], nextRevision(ctx));
  }
  for (const backfill of together) await recordBackfillProgress(ctx.catalog.db, backfill, fromMs);
  return work.map((item) => item.known.stored.name);
}

/** An objective may have been deleted or changed while its history waited. */
function isCurrent(item: { readonly backfill: Backfill; readonly known: KnownObjective | undefined }): item is Work {
  return item.known !== undefined && item.known.version === item.backfill.version;
}
