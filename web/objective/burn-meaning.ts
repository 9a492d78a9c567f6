import { formatLength } from '../format/time.ts';

/** What a burn rate means for a budget that is made to last a window of this length. */
export function burnMeaning(rate: number | null, windowMs: number): string {
  if (rate === null) return 'No requests.';
  if (rate === 0) return 'Nothing is being spent.';
  if (rate <= 1) return 'Slow enough: the budget lasts.';
  return `At this speed the whole budget is gone in ${formatLength(windowMs / rate)}.`;
}

/**
 * Length of a bar for a burn rate, 0 to 1. Logarithmic: 1x, 2x and 14x must differ beside a ceiling of 1000x.
 * @param ceiling the highest rate that is possible; null when there is none
 */
export function burnBar(rate: number | null, ceiling: number | null): number {
  if (rate === null || rate <= 0) return 0;
  const top = ceiling === null ? Math.max(rate, 1) : ceiling;
  return Math.min(1, Math.log1p(rate) / Math.log1p(top));
}
