import type { WindowState } from '../../src/contract/api/status.ts';

/** The states as words for people, worst first. */
export const stateWords: Readonly<Record<WindowState, string>> = {
  violated: 'Violated',
  warning: 'Warning',
  healthy: 'Healthy',
  'no-data': 'No data',
};

/** What a state means, in a sentence. */
export const stateMeanings: Readonly<Record<WindowState, string>> = {
  violated: 'Fewer requests were good than the target asks for: the error budget is spent.',
  warning: 'The target is still met, but the warning line is crossed.',
  healthy: 'The target is met.',
  'no-data': 'Too little telemetry to say anything. This is not the same as healthy.',
};

const ranks: Readonly<Record<WindowState, number>> = { violated: 0, warning: 1, 'no-data': 2, healthy: 3 };

/** 0 is worst. No data comes before healthy: somebody should look why. */
export function stateRank(state: WindowState): number {
  return ranks[state];
}
