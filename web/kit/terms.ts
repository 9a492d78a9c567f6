/** The words of the trade, explained for someone who hears them for the first time. */
export const terms = {
  sli: 'The share of requests that were good: good requests divided by all that count.',
  target: 'The share of good requests that was promised.',
  budget: 'What may go wrong without breaking the promise: 100% minus the target. It is spent by bad requests.',
  burnRate: 'How fast the budget is being spent. At 1× it lasts exactly as long as the window; at 10× a tenth of it.',
  ceiling: 'The highest burn rate that is possible with this target: the one of a complete outage.',
  coverage: 'The part of all minutes in which telemetry arrived. Gaps make the answer less certain.',
  window: 'A rolling window: it always ends now and looks back this far.',
  primaryWindow: 'The window that decides whether the objective counts as healthy, warning or violated.',
  valid: 'Requests that count for this objective. What its definition leaves out, such as heartbeats, does not.',
  lookback: 'The most recent piece of time over which the speed is measured.',
  percentile: 'p95 of 300 ms: 95 of 100 requests took at most 300 ms. p50 is the middle one.',
  failed: 'Requests that ended in a server error.',
  watermark: 'Everything that reached Verdant before this moment is in the numbers.',
} as const;

export type TermName = keyof typeof terms;
