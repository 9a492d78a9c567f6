import { MINUTE_MS, type Tier } from '../../../core/slo/window.ts';
import type { TimeRange } from './request-groups.ts';

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

/** What the rows of each tier are ordered by first: see the migration of the ledger. */
const ORDERED_BY: Readonly<Record<Tier, string>> = {
  minute: 'toStartOfHour',
  hour: 'toStartOfDay',
  day: 'toStartOfMonth',
};

const DENSE_SHARE = 0.5;

const at = (ms: number): string => `toDateTime(${ms / 1000}, 'UTC')`;

function slotInRange(tier: Tier, { fromMs, toMs }: TimeRange): string {
  const bucket = ORDERED_BY[tier];
  const from = at(fromMs);
  const last = at(toMs - 1000);
  return `(${bucket}(slot) >= ${bucket}(${from}) AND ${bucket}(slot) <= ${bucket}(${last}) AND slot >= ${from} AND slot <= ${last})`;
}

/**
 * A SQL condition for slots of a tier in any of the ranges. It names the buckets by which the tier is ordered as well:
 * from the slots alone ClickHouse does not see which granules it can leave out, and merges whole months for one hour.
 * The numbers are our own, never a user's text.
 */
export const slotIn = (tier: Tier, ranges: readonly TimeRange[]): string =>
  ranges.length === 0 ? '0' : ranges.map((range) => slotInRange(tier, range)).join(' OR ');

/**
 * A SQL condition for the rows of objectives, bound to `{objectives:Array(UInt32)}`. When nearly all numbers between the
 * lowest and the highest are asked for, it is a range: comparing costs far less than looking up, and whoever asks passes
 * over the rows of others.
 */
export function objectiveIn(ids: readonly number[]): string {
  const lowest = ids.reduce((found, id) => Math.min(found, id), Number.POSITIVE_INFINITY);
  const highest = ids.reduce((found, id) => Math.max(found, id), 0);
  const isDense = ids.length > DENSE_SHARE * (highest - lowest + 1);
  return isDense && ids.length > 1
    ? `objective BETWEEN ${lowest} AND ${highest}`
    : 'objective IN {objectives:Array(UInt32)}';
}
