import { readCursor, writeCursor } from '../../store/catalog/tables/cursor.ts';
import type { TimeRange } from '../../store/telemetry/questions/request-groups.ts';
import { coveringSlices } from '../../store/telemetry/questions/roll-up.ts';
import { touchedMinutes } from '../../store/telemetry/questions/touched-minutes.ts';
import type { VerdantContext } from '../verdant-context.ts';
import { countRange } from './count-range.ts';

const CURSOR = 'evaluation';
const MINUTE_MS = 60_000;
/** Other processes may write to a shared store: their writes are visible after this long at most. */
const SHARED_STORE_SETTLES_MS = 35_000;

/** Reads where the last process stopped. */
export async function resumeEvaluation(ctx: VerdantContext): Promise<void> {
  const text = await readCursor(ctx.catalog.db, CURSOR);
  const match = /^(\d+) (\d+)$/.exec(text ?? '');
  if (match?.[1] !== undefined && match[2] !== undefined) {
    ctx.evaluation.cursor = { ingestedUntil: BigInt(match[1]), revision: BigInt(match[2]) };
  }
}

/** Up to which ingest time (microseconds) every write is visible. */
function visibleUntil(ctx: VerdantContext): bigint {
  const settled = ctx.telemetry.spans.settledUntil();
  if (ctx.telemetry.engine.kind === 'chdb') return settled;
  const shared = BigInt(ctx.clock.now() - SHARED_STORE_SETTLES_MS) * 1000n;
  return settled < shared ? settled : shared;
}

/** A revision higher than all before, even when the clock was set back. */
export function nextRevision(ctx: VerdantContext): bigint {
  const now = BigInt(ctx.clock.now()) * 1000n;
  const last = ctx.evaluation.cursor.revision;
  const revision = now > last ? now : last + 1n;
  ctx.evaluation.cursor = { ...ctx.evaluation.cursor, revision };
  return revision;
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
  const oldest = ctx.clock.now() - ctx.config.spanRetention;
  const touched = (await touchedMinutes(ctx.telemetry.engine, after, until)).filter(({ toMs }) => toMs > oldest);
  const services = new Set(touched.map(({ service }) => service));
  const concerned = objectives.filter(({ plan }) => services.has(plan.service));
  if (concerned.length > 0) {
    const ranges: TimeRange[] = coveringSlices(touched, MINUTE_MS);
    ctx.evaluation.slicesWritten += await countRange(ctx, concerned, ranges, nextRevision(ctx));
  }
  const { revision } = ctx.evaluation.cursor;
  await writeCursor(ctx.catalog.db, CURSOR, `${until} ${revision}`);
  ctx.evaluation.cursor = { ingestedUntil: until, revision };
  return concerned.map(({ stored }) => stored.name);
}
