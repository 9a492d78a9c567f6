import { ONE_SHARE, type SharePoints } from '../../lib/share.ts';
import { MINUTE_MS, type TimeSpan } from './window.ts';

/** Minutes with telemetry (idle ones too) of those that there should be. */
export interface Coverage {
  readonly observed: number;
  readonly expected: number;
}

/**
 * Coverage of a window. Minutes are expected from the first slice of the objective on: what was before it existed is
 * not missing.
 *
 * 30 d are 43 200 minutes; 40 320 observed are 93.33 %.
 * @param firstSliceMs start of the first slice the objective ever had; undefined when it has none
 */
export function coverageOf(window: TimeSpan, observed: number, firstSliceMs: number | undefined): Coverage {
  const from = Math.max(window.fromMs, firstSliceMs ?? window.toMs);
  return { observed, expected: Math.max(0, Math.round((window.toMs - from) / MINUTE_MS)) };
}

/** Whether enough is known: observed / expected ≥ floor, in integers. Nothing expected is enough only for a floor of 0. */
export function isCovered({ observed, expected }: Coverage, floor: SharePoints): boolean {
  if (expected === 0) return floor === 0;
  return BigInt(observed) * BigInt(ONE_SHARE) >= BigInt(floor) * BigInt(expected);
}

/** Coverage as a number from 0 to 1; 0 when nothing was expected. */
export function coverageNumber({ observed, expected }: Coverage): number {
  return expected === 0 ? 0 : observed / expected;
}
