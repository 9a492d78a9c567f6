import type { Budget } from '../../contract/api/status.ts';
import { formatShare, ONE_SHARE, type SharePoints, shareToNumber } from '../../lib/share.ts';
import { countOnWire } from './count-on-wire.ts';
import { badOf, type Counts } from './counts.ts';
import { percentRoundedDown, ratioToNumber } from './ratio.ts';

const ONE = BigInt(ONE_SHARE);
const MINUTE_MS = 60_000n;

/** An exact quotient; the denominator is positive. */
interface Ratio {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

/**
 * Share of the budget left, 1 - bad / ((1 - T) · valid): signed, at most 1. Undefined when nothing is allowed.
 *
 * Target 99.9 %, 10 000 events, 25 bad: 10 allowed, -150 % left.
 * Source: Site Reliability Workbook, chapter 2, "Error budgets" (sre.google/workbook/implementing-slos).
 */
export function remainingBudget(counts: Counts, target: SharePoints): Ratio | undefined {
  const allowed = (ONE - BigInt(target)) * counts.valid;
  return allowed === 0n ? undefined : { numerator: allowed - badOf(counts) * ONE, denominator: allowed };
}

/**
 * The error budget of a window, as it is answered.
 * @param windowMs length of the window: `minutes` is what a full outage at even traffic may still last in it,
 *   remaining · (1 - T) · window. 99.9 % over 30 d with nothing spent: 43.2 minutes.
 */
export function budgetOf(counts: Counts, target: SharePoints, windowMs: number): Budget {
  const bad = badOf(counts);
  const left = remainingBudget(counts, target);
  return {
    target: shareToNumber(target),
    targetText: formatShare(target),
    allowed: ratioToNumber((ONE - BigInt(target)) * counts.valid, ONE),
    spent: countOnWire(bad),
    remaining: left === undefined ? null : ratioToNumber(left.numerator, left.denominator),
    remainingText: remainingText(left, counts),
    minutes:
      left === undefined ? null : ratioToNumber(left.numerator * BigInt(windowMs), counts.valid * ONE * MINUTE_MS),
  };
}

function remainingText(left: Ratio | undefined, counts: Counts): string {
  if (counts.valid === 0n) return 'no events';
  if (left === undefined) return `${badOf(counts)} bad, 0 allowed`;
  return percentRoundedDown(left.numerator, left.denominator, 1).replace('.0%', '%');
}
