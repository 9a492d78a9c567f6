import type { WindowStatus } from '../../src/contract/api/status.ts';
import { badCount, formatCount } from '../format/number.ts';
import { formatLength } from '../format/time.ts';
import { windowLabel } from '../format/window.ts';

const MINUTE = 60_000;

/** How an objective stands in a timeframe, in words for someone who never heard of SLOs. */
export function verdict(status: WindowStatus): string {
  const span = windowLabel(status.window);
  if (status.state === 'no-data') return `There is too little telemetry in the last ${span} to say anything.`;
  const counts = `${formatCount(status.good)} of ${formatCount(status.valid)} requests in the last ${span} were good`;
  const { targetText } = status.budget;
  if (status.state === 'violated') return `${counts}: ${status.sliText}, less than the ${targetText} promised.`;
  if (status.state === 'warning')
    return `${counts}: ${status.sliText}. The promise of ${targetText} still holds, but only just.`;
  return `${counts}: ${status.sliText}, which keeps the promise of ${targetText}.`;
}

/** What the budget still allows, or by how much it is exceeded; undefined where there is nothing to say. */
export function allowance(status: WindowStatus): string | undefined {
  const { budget } = status;
  if (status.state === 'no-data' || budget.remaining === null) return undefined;
  const bad = badCount(status.good, status.valid);
  const allowed = budget.allowed > 0 && budget.allowed < 1 ? 'not even one' : formatCount(Math.floor(budget.allowed));
  return `${formatCount(bad)} bad ${bad === 1 ? 'request' : 'requests'}; the target allows ${allowed}.`;
}

/** The budget as time: how long a complete outage it still covers. */
export function outageLeft(status: WindowStatus): string | undefined {
  const { minutes } = status.budget;
  if (status.state === 'no-data' || minutes === null) return undefined;
  const length = formatLength(minutes * MINUTE);
  return minutes < 0
    ? `Overspent by as much as ${length} of complete outage.`
    : `Enough for ${length} of complete outage at even traffic.`;
}
