import { expect, it } from 'vitest';
import type { Budget } from '../../src/contract/api/status.ts';
import { budgetPhrase, budgetShort } from './budget.ts';

const budget = (remaining: number | null, remainingText: string): Budget => ({
  target: 0.999,
  targetText: '99.9%',
  allowed: 10,
  spent: 4,
  remaining,
  remainingText,
  minutes: 3,
});

it('says what is left', () => {
  expect(budgetPhrase(budget(0.612, '61.2%'))).toBe('61.2% of budget left');
  expect(budgetShort(budget(0.612, '61.2%'))).toBe('61.2% left');
});

it('says overspent without a minus that is easy to miss', () => {
  expect(budgetPhrase(budget(-0.5, '-50%'))).toBe('budget overspent by 50%');
  expect(budgetShort(budget(-0.5, '-50%'))).toBe('50% over');
});

it('counts the budgets that were spent once they are ten or more', () => {
  expect(budgetShort(budget(-13.08, '-1308%'))).toBe('spent 14×');
  expect(budgetShort(budget(-8.5, '-850%'))).toBe('850% over');
});

it('leaves words as they are where there is no share', () => {
  expect(budgetPhrase(budget(null, '1 bad, 0 allowed'))).toBe('1 bad, 0 allowed');
  expect(budgetShort(budget(null, 'no data'))).toBe('no data');
});
