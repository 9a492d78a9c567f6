import type { Series } from '../../src/contract/api/objectives.ts';
import { formatPercent } from '../format/number.ts';
import { formatMoment } from '../format/time.ts';

const SMALLEST_ROOM = 1e-5;
const HEADROOM = 2.5;

/** The charts in words, for those who do not see them: the lowest point, and the last one. */
export function seriesSummary(series: Series): { sli: string; budget: string } {
  const span = Date.parse(series.to) - Date.parse(series.from);
  let lowest: { sli: number; time: string } | undefined;
  let first: number | undefined;
  let last: number | undefined;
  for (const { sli, time, budgetRemaining } of series.points) {
    if (sli !== null && (lowest === undefined || sli < lowest.sli)) lowest = { sli, time };
    if (budgetRemaining !== null) {
      first ??= budgetRemaining;
      last = budgetRemaining;
    }
  }
  return {
    sli: lowest === undefined ? 'No data.' : `Lowest ${formatPercent(lowest.sli)}, ${formatMoment(lowest.time, span)}.`,
    budget:
      first === undefined || last === undefined
        ? 'No data.'
        : `From ${formatPercent(first)} to ${formatPercent(last)}.`,
  };
}

/** The scale of an SLI chart: the target well inside, everything that happened in it, never more than needed. */
export function shareRange(values: readonly (number | null)[], target: number): readonly [number, number] {
  let low = 1 - Math.max(1 - target, SMALLEST_ROOM) * HEADROOM;
  for (const value of values) if (value !== null && value < low) low = value;
  return [Math.max(0, low), 1];
}
