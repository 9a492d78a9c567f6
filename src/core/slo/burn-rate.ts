import type { BurnRate } from '../../contract/api/status.ts';
import { ONE_SHARE, type SharePoints } from '../../lib/share.ts';
import { badOf, type Counts } from './counts.ts';
import { ratioToNumber } from './ratio.ts';

const ONE = BigInt(ONE_SHARE);

/**
 * Burn rate of a look-back: (bad / valid) / (1 - T). 1 spends the budget exactly over the window.
 *
 * Target 99.9 %, 10 requests of which one bad: 10 % / 0.1 % = 100; a full outage burns 1 / (1 - T) = 1000.
 * The rate is null without traffic, rate and ceiling are null for a target of 100 %: there is no budget to burn.
 * Source: Site Reliability Workbook, chapter 5 (sre.google/workbook/alerting-on-slos).
 */
export function burnRateOf(lookback: string, counts: Counts, target: SharePoints): BurnRate {
  const allowed = ONE - BigInt(target);
  if (allowed === 0n) return { lookback, rate: null, ceiling: null };
  return { lookback, rate: rateOf(counts, allowed), ceiling: ratioToNumber(ONE, allowed) };
}

/** The burn rate alone, for a point of a series. */
export function burnRateNumber(counts: Counts, target: SharePoints): number | null {
  const allowed = ONE - BigInt(target);
  return allowed === 0n ? null : rateOf(counts, allowed);
}

function rateOf(counts: Counts, allowed: bigint): number | null {
  return counts.valid === 0n ? null : ratioToNumber(badOf(counts) * ONE, counts.valid * allowed);
}
