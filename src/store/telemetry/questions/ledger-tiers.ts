import type { TimeRange } from './request-groups.ts';

export type Tier = 'minute' | 'hour' | 'day';

const MINUTE_MS = 60_000;
export const TIER_MS: Readonly<Record<Tier, number>> = {
  minute: MINUTE_MS,
  hour: 60 * MINUTE_MS,
  day: 1440 * MINUTE_MS,
};

/** The coarsest tier whose slices fit a step without being cut. */
export function coarsestTier(stepMs: number): Tier {
  if (stepMs % TIER_MS.day === 0) return 'day';
  return stepMs % TIER_MS.hour === 0 ? 'hour' : 'minute';
}

/** A SQL condition for slots in any of the ranges. The numbers are our own, never a user's text. */
export const slotIn = (ranges: readonly TimeRange[]): string =>
  ranges.length === 0
    ? '0'
    : ranges
        .map(
          ({ fromMs, toMs }) =>
            `(slot >= toDateTime(${fromMs / 1000}, 'UTC') AND slot < toDateTime(${toMs / 1000}, 'UTC'))`,
        )
        .join(' OR ');
