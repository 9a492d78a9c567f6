import type { Tier } from '../../../core/slo/window.ts';
import type { SqlEngine } from '../engine/sql-engine.ts';
import { slotIn } from './ledger-tiers.ts';
import type { TimeRange } from './request-groups.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

interface Step {
  readonly from: Tier;
  readonly to: Tier;
  readonly bucket: string;
  readonly sizeMs: number;
}

const STEPS: readonly Step[] = [
  { from: 'minute', to: 'hour', bucket: 'toStartOfHour', sizeMs: HOUR_MS },
  { from: 'hour', to: 'day', bucket: 'toStartOfDay', sizeMs: DAY_MS },
];

/** Whole slices of a tier that hold the given ranges, joined where they touch. */
export function coveringSlices(ranges: readonly TimeRange[], sizeMs: number): TimeRange[] {
  const sorted = ranges
    .map(({ fromMs, toMs }) => ({
      fromMs: Math.floor(fromMs / sizeMs) * sizeMs,
      toMs: Math.ceil(toMs / sizeMs) * sizeMs,
    }))
    .sort((a, b) => a.fromMs - b.fromMs);
  const joined: TimeRange[] = [];
  for (const range of sorted) {
    const last = joined.at(-1);
    if (last !== undefined && range.fromMs <= last.toMs) {
      joined[joined.length - 1] = { fromMs: last.fromMs, toMs: Math.max(last.toMs, range.toMs) };
    } else {
      joined.push(range);
    }
  }
  return joined;
}

/**
 * Sums the minutes of objectives into the hours, and those into the days, that hold the given ranges. Like counting,
 * it can be repeated at will.
 */
export async function rollUp(
  engine: SqlEngine,
  objectiveIds: readonly number[],
  ranges: readonly TimeRange[],
  revision: bigint,
): Promise<void> {
  for (const step of STEPS) {
    const when = slotIn(step.from, coveringSlices(ranges, step.sizeMs));
    await engine.command(
      `INSERT INTO ledger_${step.to} (objective, version, slot, good, valid, data_minutes, idle_minutes, first_minute, revision)
       SELECT objective, version, ${step.bucket}(slot) AS bucket, sum(good), sum(valid), sum(data_minutes), sum(idle_minutes),
         min(first_minute), {revision:UInt64}
       FROM ledger_${step.from} FINAL
       WHERE objective IN {objectives:Array(UInt32)} AND (${when})
       GROUP BY objective, version, bucket`,
      { objectives: objectiveIds, revision: String(revision) },
      { lane: 'evaluate' },
    );
  }
}
