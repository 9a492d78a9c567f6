import {
  type Backfill,
  nextBackfills,
  recordBackfillProgress,
  settleBackfills,
} from '../../store/catalog/tables/backfill.ts';
import type { TimeRange } from '../../store/telemetry/questions/request-groups.ts';
import { storedRange } from '../../store/telemetry/questions/services.ts';
import type { KnownObjective } from '../objective/objective-book.ts';
import type { VerdantContext } from '../verdant-context.ts';
import { countRange } from './count-range.ts';
import { takeRevision } from './evaluate-fresh.ts';
import { oldestWholeMinute } from './oldest-whole-minute.ts';

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
  const known = new Map((await ctx.objectives.all()).map((objective) => [objective.id, objective]));
  const work: Work[] = [];
  for (const backfill of waiting) {
    const objective = known.get(backfill.objectiveId);
    // One that is not known yet, since the book was read a moment before it was made, has its turn next time.
    if (objective?.version === backfill.version) work.push({ backfill, known: objective });
  }
  const first = work[0];
  if (first === undefined) return [];
  const together = first.backfill.state === 'waiting' ? await begin(ctx, first, work) : alongWith(first, work);
  return computeDay(ctx, together);
}

/** Those that are being computed and stand at the same hour. */
const alongWith = (first: Work, work: readonly Work[]): Work[] =>
  work.filter(
    ({ backfill }) =>
      backfill.state === 'running' &&
      backfill.doneDownToMs === first.backfill.doneDownToMs &&
      backfill.fromMs === first.backfill.fromMs,
  );

/**
 * Settles which hours a history has now that its turn comes. Not when it was asked for: what arrived since then may
 * have been counted by a run of evaluation that did not know the objective yet; from now on every run knows it.
 */
async function begin(ctx: VerdantContext, first: Work, work: readonly Work[]): Promise<Work[]> {
  const { service } = first.known.plan;
  const same = work.filter(({ backfill, known }) => backfill.state === 'waiting' && known.plan.service === service);
  const range = await countableRange(ctx, service);
  const ids = same.map(({ known }) => known.id);
  await settleBackfills(ctx.catalog.db, ids, range);
  return same.map((item) => ({ ...item, backfill: { ...item.backfill, ...range, doneDownToMs: range.toMs } }));
}

/** The minutes of a service whose spans are all kept; empty without any. */
async function countableRange(ctx: VerdantContext, service: string): Promise<TimeRange> {
  const oldest = oldestWholeMinute(ctx.clock.now(), ctx.config.spanRetention);
  const { fromMs, toMs } = (await storedRange(ctx.telemetry.engine, service)) ?? { fromMs: oldest, toMs: oldest };
  return { fromMs: Math.max(fromMs, oldest), toMs: Math.max(toMs, oldest) };
}

async function computeDay(ctx: VerdantContext, together: readonly Work[]): Promise<string[]> {
  const first = together[0]?.backfill;
  if (first === undefined) return [];
  const toMs = first.doneDownToMs;
  const fromMs = Math.max(first.fromMs, Math.floor((toMs - 1) / DAY_MS) * DAY_MS);
  if (fromMs < toMs) {
    const objectives = together.map(({ known }) => known);
    const revision = await takeRevision(ctx);
    ctx.evaluation.slicesWritten += await countRange(ctx, objectives, [{ fromMs, toMs }], revision);
  }
  for (const { backfill } of together) await recordBackfillProgress(ctx.catalog.db, backfill, fromMs);
  return together.map(({ known }) => known.stored.name);
}
