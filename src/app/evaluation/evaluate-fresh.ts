import { MINUTE_MS } from '../../core/slo/window.ts';
import { readCursor, writeCursor } from '../../store/catalog/tables/cursor.ts';
import { WRITE_TIMEOUT_MS } from '../../store/telemetry/engine/sql-engine.ts';
import type { TimeRange } from '../../store/telemetry/questions/request-groups.ts';
import { coveringSlices } from '../../store/telemetry/questions/roll-up.ts';
import { touchedMinutes } from '../../store/telemetry/questions/touched-minutes.ts';
import type { VerdantContext } from '../verdant-context.ts';
import { countRange } from './count-range.ts';
import type { EvaluationCursor } from './evaluation-state.ts';
import { oldestWholeMinute } from './oldest-whole-minute.ts';

const CURSOR = 'evaluation';
/** Other processes may write to a shared store: their writes are visible after this long, small differences of clocks included. */
const SHARED_STORE_SETTLES_MS = WRITE_TIMEOUT_MS + 5000;

/** Reads where the last process stopped; what this one writes comes after that, whatever the clock says. */
export async function resumeEvaluation(ctx: VerdantContext): Promise<void> {
  const text = await readCursor(ctx.catalog.db, CURSOR);
  const match = /^(\d+) (\d+)(?: (\d+))?$/.exec(text ?? '');
  if (match?.[1] !== undefined && match[2] !== undefined) {
    ctx.evaluation.cursor = {
      ingestedUntil: BigInt(match[1]),
      revision: BigInt(match[2]),
      keptSinceMs: Number(match[3] ?? 0),
    };
    ctx.telemetry.spans.writeAfter(ctx.evaluation.cursor.ingestedUntil);
  }
}

/** Up to which ingest time (microseconds) every write is visible. */
function visibleUntil(ctx: VerdantContext): bigint {
  const settled = ctx.telemetry.spans.settledUntil();
  if (ctx.telemetry.engine.kind === 'chdb') return settled;
  const shared = BigInt(ctx.clock.now() - SHARED_STORE_SETTLES_MS) * 1000n;
  return settled < shared ? settled : shared;
}

async function moveCursor(ctx: VerdantContext, cursor: EvaluationCursor): Promise<void> {
  await writeCursor(ctx.catalog.db, CURSOR, `${cursor.ingestedUntil} ${cursor.revision} ${cursor.keptSinceMs}`);
  ctx.evaluation.cursor = cursor;
}

/**
 * A revision higher than all before, even when the clock was set back. It is kept before it is used: after a crash the
 * next process must not give a lower one, or its slices would stand behind those of this one.
 */
export async function takeRevision(ctx: VerdantContext): Promise<bigint> {
  const now = BigInt(ctx.clock.now()) * 1000n;
  const { cursor } = ctx.evaluation;
  const revision = now > cursor.revision ? now : cursor.revision + 1n;
  await moveCursor(ctx, { ...cursor, revision });
  return revision;
}

/** Minutes before this one stay as the ledger has them. */
function oldestCountable(ctx: VerdantContext): number {
  const now = ctx.clock.now();
  const oldest = oldestWholeMinute(now, ctx.config.spanRetention);
  const { keptSinceMs } = ctx.evaluation.cursor;
  // In the future only when the clock was far ahead for a while: believing it would stop all counting.
  return keptSinceMs > now ? oldest : Math.max(oldest, keptSinceMs);
}

/**
 * Counts what was ingested since the last run: finds the touched minutes and counts them anew. The cursor moves last,
 * so that a crash anywhere repeats work instead of losing it.
 * @returns names of the objectives whose slices were written
 */
export async function evaluateFresh(ctx: VerdantContext): Promise<string[]> {
  const until = visibleUntil(ctx);
  const after = ctx.evaluation.cursor.ingestedUntil;
  if (until <= after) return [];
  const objectives = await ctx.objectives.all();
  const oldest = oldestCountable(ctx);
  const watched = new Set(objectives.map(({ plan }) => plan.service));
  const touched = (await touchedMinutes(ctx.telemetry.engine, after, until))
    .map((range) => ({ ...range, fromMs: Math.max(range.fromMs, oldest) }))
    .filter(({ service, fromMs, toMs }) => watched.has(service) && fromMs < toMs);
  const services = new Set(touched.map(({ service }) => service));
  const concerned = objectives.filter(({ plan }) => services.has(plan.service));
  if (concerned.length > 0) {
    const ranges: TimeRange[] = coveringSlices(touched, MINUTE_MS);
    ctx.evaluation.slicesWritten += await countRange(ctx, concerned, ranges, await takeRevision(ctx));
  }
  await moveCursor(ctx, { ...ctx.evaluation.cursor, ingestedUntil: until, keptSinceMs: oldest });
  return concerned.map(({ stored }) => stored.name);
}
