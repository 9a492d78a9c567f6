import { VerdantError } from '../../contract/errors.ts';
import { type Grouping, passesOf } from '../../core/sli/request-groups.ts';
import { countSlices } from '../../core/slo/count-slices.ts';
import { MINUTE_MS } from '../../core/slo/window.ts';
import { groupRequests, type TimeRange } from '../../store/telemetry/questions/request-groups.ts';
import { rollUp } from '../../store/telemetry/questions/roll-up.ts';
import { writeSlices } from '../../store/telemetry/questions/write-slices.ts';
import type { KnownObjective } from '../objective/objective-book.ts';
import type { VerdantContext } from '../verdant-context.ts';

/** Minutes counted in one pass at most: the store answers fewer at once where a service has many groups. */
const MINUTES_PER_PASS = 1440;

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
      written += await countPart(ctx, { items, grouping, ranges: part, revision });
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

interface Part {
  readonly items: readonly KnownObjective[];
  readonly grouping: Grouping;
  readonly ranges: readonly TimeRange[];
  readonly revision: bigint;
}

/** Counts minutes at once, or in halves where that is too heavy: a busy day must not keep evaluation from going on. */
async function countPart(ctx: VerdantContext, part: Part): Promise<number> {
  const { engine } = ctx.telemetry;
  const services = [...new Set(part.items.map(({ plan }) => plan.service))];
  const groups = await groupRequests(engine, services, part.ranges, part.grouping).catch((error: unknown) => {
    if (isTooHeavy(error) && minutesOf(part.ranges) > 1) return undefined;
    throw error;
  });
  if (groups !== undefined) {
    const slices = countSlices(part.items, part.grouping, groups);
    await writeSlices(engine, slices, part.revision);
    return slices.length;
  }
  let written = 0;
  for (const ranges of inPasses(part.ranges, Math.ceil(minutesOf(part.ranges) / 2))) {
    written += await countPart(ctx, { ...part, ranges });
  }
  return written;
}

const isTooHeavy = (error: unknown): boolean => error instanceof VerdantError && error.code === 'query-too-heavy';

const minutesOf = (ranges: readonly TimeRange[]): number =>
  ranges.reduce((sum, { fromMs, toMs }) => sum + (toMs - fromMs) / MINUTE_MS, 0);

/** Cuts ranges into lists of at most so many minutes each; a day's unless told otherwise. */
export function inPasses(ranges: readonly TimeRange[], minutes = MINUTES_PER_PASS): TimeRange[][] {
  const passes: TimeRange[][] = [];
  let room = 0;
  for (const range of ranges) {
    let fromMs = range.fromMs;
    while (fromMs < range.toMs) {
      if (room === 0) {
        passes.push([]);
        room = minutes * MINUTE_MS;
      }
      const toMs = Math.min(range.toMs, fromMs + room);
      passes.at(-1)?.push({ fromMs, toMs });
      room -= toMs - fromMs;
      fromMs = toMs;
    }
  }
  return passes;
}
