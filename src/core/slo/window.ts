export const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** From (included) to (excluded), milliseconds since the Unix epoch. */
export interface TimeSpan {
  readonly fromMs: number;
  readonly toMs: number;
}

/**
 * A rolling window as whole minutes, ending with the minute that `at` cuts. At a full minute nothing is cut: the window
 * ends there, and 24 h at midnight are the day before.
 *
 * 1 h at 12:00:30 is 11:01 to 12:01.
 * @param windowMs whole minutes
 */
export function windowSlices(windowMs: number, atMs: number): TimeSpan {
  const toMs = Math.ceil(atMs / MINUTE_MS) * MINUTE_MS;
  return { fromMs: toMs - windowMs, toMs };
}

/** Steps of a series in minutes: each divides a day, so that steps begin at times people read. */
const STEP_MINUTES = [1, 2, 5, 10, 15, 20, 30, 60, 120, 180, 240, 360, 480, 720, 1440];

/**
 * Length of the steps of a series: the shortest with which the window takes no more than `points` of them, and one
 * more where it does not begin on a step.
 * Longer than a day it is whole days. 24 h in 120 points: 15 minutes; 30 d in 120: 6 hours.
 * @returns milliseconds
 */
export function seriesSteps(windowMs: number, points: number): number {
  const shortest = windowMs / points;
  const minutes = STEP_MINUTES.find((step) => step * MINUTE_MS >= shortest);
  return minutes === undefined ? Math.ceil(shortest / DAY_MS) * DAY_MS : minutes * MINUTE_MS;
}

/** How long the slices of the ledger are. */
export type Tier = 'minute' | 'hour' | 'day';

export interface TierSegment extends TimeSpan {
  readonly tier: Tier;
}

const TIERS = [
  { tier: 'day', ms: DAY_MS },
  { tier: 'hour', ms: HOUR_MS },
] as const;

/**
 * Covers a span by the coarsest slices that fit it: minutes, hours, days (UTC), hours, minutes; at most five segments.
 *
 * 22:30 to 03:15 is minutes to 23:00, hours to 03:00, minutes to 03:15.
 * @param coarsest no slices longer than these, for steps that would cut them
 * @throws RangeError when an end is no full minute
 */
export function tierSegments(fromMs: number, toMs: number, coarsest: Tier = 'day'): TierSegment[] {
  if (fromMs % MINUTE_MS !== 0 || toMs % MINUTE_MS !== 0) {
    throw new RangeError(`a span from ${fromMs} to ${toMs} cuts a minute`);
  }
  const level = TIERS.findIndex(({ tier }) => tier === coarsest);
  return cover({ fromMs, toMs }, level === -1 ? TIERS.length : level);
}

function cover(span: TimeSpan, level: number): TierSegment[] {
  if (span.fromMs >= span.toMs) return [];
  const coarse = TIERS[level];
  if (coarse === undefined) return [{ tier: 'minute', ...span }];
  const fromMs = Math.ceil(span.fromMs / coarse.ms) * coarse.ms;
  const toMs = Math.floor(span.toMs / coarse.ms) * coarse.ms;
  if (fromMs >= toMs) return cover(span, level + 1);
  return [
    ...cover({ fromMs: span.fromMs, toMs: fromMs }, level + 1),
    { tier: coarse.tier, fromMs, toMs },
    ...cover({ fromMs: toMs, toMs: span.toMs }, level + 1),
  ];
}
