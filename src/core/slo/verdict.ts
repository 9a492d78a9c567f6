import type { WindowState } from '../../contract/api/status.ts';
import { ONE_SHARE, type SharePoints } from '../../lib/share.ts';
import { badOf, type Counts } from './counts.ts';
import { type Coverage, isCovered } from './coverage.ts';

/**
 * Whether a share of good events reaches a target: bad ≤ (1 - T) · valid, in integers.
 *
 * One bad of ten at 90 % is met. In doubles it is not: (1 - 0.9) * 10 is 0.9999999999999998.
 * Trivially true without events: {@link windowState} asks for them first.
 */
export function isMet(counts: Counts, target: SharePoints): boolean {
  return badOf(counts) * BigInt(ONE_SHARE) <= BigInt(ONE_SHARE - target) * counts.valid;
}

export interface WindowEvidence {
  readonly counts: Counts;
  readonly coverage: Coverage;
}

export interface VerdictPolicy {
  readonly target: SharePoints;
  /** Share below which a met objective warns. */
  readonly warning: SharePoints | undefined;
  readonly minimumCoverage: SharePoints;
}

/**
 * State of a window. No data is a state of its own, neither good nor bad.
 *
 * Target 99.9 %, warning 99.95 %, 10 000 events: 5 bad healthy, 6 warning, 10 warning, 11 violated.
 */
export function windowState({ counts, coverage }: WindowEvidence, policy: VerdictPolicy): WindowState {
  if (counts.valid === 0n || !isCovered(coverage, policy.minimumCoverage)) return 'no-data';
  if (!isMet(counts, policy.target)) return 'violated';
  return policy.warning !== undefined && !isMet(counts, policy.warning) ? 'warning' : 'healthy';
}
