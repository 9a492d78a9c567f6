import { expect, it } from 'vitest';
import type { Series } from '../../src/contract/api/objectives.ts';
import { seriesSummary, shareRange } from './series-summary.ts';

const series = (points: readonly (readonly [number | null, number | null])[]): Series => ({
  name: 'a',
  window: '1h',
  from: '2026-01-02T12:00:00Z',
  to: '2026-01-02T13:00:00Z',
  stepSeconds: 60,
  target: 0.99,
  points: points.map(([sli, budgetRemaining], index) => ({
    time: new Date(Date.UTC(2026, 0, 2, 12, index)).toISOString(),
    good: 1,
    valid: 1,
    sli,
    budgetRemaining,
    burnRate: null,
  })),
});

it('names the lowest point and how the budget went', () => {
  const { sli, budget } = seriesSummary(
    series([
      [1, 1],
      [0.95, 0.5],
      [null, null],
      [0.99, -0.25],
    ]),
  );
  expect(sli).toMatch(/^Lowest 95\.00%, \d\d:01\.$/);
  expect(budget).toBe('From 100% to -25.0%.');
});

it('says that there is no data instead of a number', () => {
  expect(seriesSummary(series([[null, null]]))).toEqual({ sli: 'No data.', budget: 'No data.' });
});

it('keeps the target inside the scale and shows the whole fall', () => {
  expect(shareRange([1, 0.999], 0.99)[0]).toBeCloseTo(0.975);
  expect(shareRange([0.4, null], 0.99)).toEqual([0.4, 1]);
  expect(shareRange([1], 1)[0]).toBeLessThan(1);
  expect(shareRange([1], 0.5)[0]).toBe(0);
});
