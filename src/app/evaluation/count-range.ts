import { passesOf } from '../../core/sli/request-groups.ts';
import { countSlices } from '../../core/slo/count-slices.ts';
import { groupRequests, type TimeRange } from '../../store/telemetry/questions/request-groups.ts';
import { rollUp } from '../../store/telemetry/questions/roll-up.ts';
import { writeSlices } from '../../store/telemetry/questions/write-slices.ts';
import type { KnownObjective } from '../objective/objective-book.ts';
import type { VerdantContext } from '../verdant-context.ts';

/** Minutes counted in one pass: bounds the groups held in memory. */
const MINUTES_PER_PASS = 1440;
const MINUTE_MS = 60_000;

/**
 * Counts objectives over ranges from the stored spans, and writes minutes, hours and days of the ledger.
 * Can be repeated at will: the same spans give the same slices, and the higher revision holds.
 * @returns how many minute slices were written
 */
export async function countRange(
  ctx: VerdantContext,
  objectives: readonly KnownObjective[],
  ranges: readonly TimeRange[],
  revision: bigint,
): Promise<number> {
  const { engine } = ctx.telemetry;
  let written = 0;
  for (const part of inPasses(ranges)) {
    for (const { items, grouping } of passesOf(objectives)) {
      const services = [...new Set(items.map(({ plan }) => plan.service))];
      const groups = await groupRequests(engine, services, part, grouping);
      const slices = countSlices(items, grouping, groups);
      await writeSlices(engine, slices, revision);
      written += slices.length;
    }
  }
  if (written > 0) {
    await rollUp(
      engine,
      objectives.map(({ id }) => id),
      ranges,
      revision,
    );
  }
  return written;
}

/** Cuts ranges into lists of at most a day's minutes each. */
export function inPasses(ranges: readonly TimeRange[]): TimeRange[][] {
  const passes: TimeRange[][] = [];
  let room = 0;
  for (const range of ranges) {
    let fromMs = range.fromMs;
    while (fromMs < range.toMs) {
      if (room === 0) {
        passes.push([]);
        room = MINUTES_PER_PASS * MINUTE_MS;
      }
      const toMs = Math.min(range.toMs, fromMs + room);
      passes.at(-1)?.push({ fromMs, toMs });
      room -= toMs - fromMs;
      fromMs = toMs;
    }
  }
  return passes;
}
