import { formatShare, type SharePoints } from '../../lib/share.ts';
import { badOf, type Counts } from './counts.ts';
import { percentRoundedDown, ratioToNumber } from './ratio.ts';

const FEWEST_DECIMALS = 2;

/** Good / valid, 0 to 1, as the nearest double; null without events. Show {@link sliText} to people. */
export function sliNumber({ good, valid }: Counts): number | null {
  return valid === 0n ? null : ratioToNumber(good, valid);
}

/**
 * The SLI in per cent, rounded down to one decimal more than the target has, at least two: 99.8999 % at a target of
 * 99.9 % is `99.89%`. The target lies on that grid, so a miss never prints as the target, nor `100%` with a bad event.
 */
export function sliText(counts: Counts, target: SharePoints): string {
  if (counts.valid === 0n) return 'no data';
  if (badOf(counts) === 0n) return '100%';
  const targetDecimals = /\.(\d+)/.exec(formatShare(target))?.[1]?.length ?? 0;
  return percentRoundedDown(counts.good, counts.valid, Math.max(FEWEST_DECIMALS, targetDecimals + 1));
}
