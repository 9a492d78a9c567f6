import { ONE_SHARE, type SharePoints } from '../../lib/share.ts';
import { badOf, type Counts, sumCounts } from './counts.ts';
import { ratioToNumber } from './ratio.ts';

/**
 * Share of the budget of the whole window that is left at the end of each step; signed. The budget is that of all
 * valid events of the window, so the last point equals what the window has left. Null when nothing is allowed.
 *
 * Target 90 %, steps of 50, 30 and 20 events with 2, 0 and 4 bad: 10 allowed; 0.8, 0.8, 0.4.
 */
export function remainingOverTime(steps: readonly Counts[], target: SharePoints): (number | null)[] {
  const one = BigInt(ONE_SHARE);
  const allowed = (one - BigInt(target)) * sumCounts(steps).valid;
  if (allowed === 0n) return steps.map(() => null);
  let left = allowed;
  return steps.map((step) => {
    left -= badOf(step) * one;
    return ratioToNumber(left, allowed);
  });
}
