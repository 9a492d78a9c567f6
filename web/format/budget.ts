import type { Budget } from '../../src/contract/api/status.ts';

/** From ten budgets on, how many were spent says more than per cent. */
const TENFOLD = -9;

/** What is left of an error budget, in words: `61.2% of budget left`, `12% overspent`. */
export function budgetPhrase(budget: Budget): string {
  const text = budget.remainingText;
  if (budget.remaining === null || !text.endsWith('%')) return text;
  if (budget.remaining < 0) return `budget overspent by ${text.replace(/^[-−]/, '')}`;
  return `${text} of budget left`;
}

/** The same for a narrow place. */
export function budgetShort(budget: Budget): string {
  const text = budget.remainingText;
  if (budget.remaining === null || !text.endsWith('%')) return text;
  if (budget.remaining <= TENFOLD) return `spent ${Math.floor(1 - budget.remaining)}×`;
  return budget.remaining < 0 ? `${text.replace(/^[-−]/, '')} over` : `${text} left`;
}
