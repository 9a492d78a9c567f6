import fc from 'fast-check';
import { expect, it } from 'vitest';
import { budgetOf } from './budget.ts';
import { sumCounts } from './counts.ts';
import { remainingOverTime } from './remaining-over-time.ts';

const step = (valid: number, bad: number) => ({ good: BigInt(valid - bad), valid: BigInt(valid) });

it('spends the budget of the whole window step by step', () => {
  expect(remainingOverTime([step(50, 2), step(30, 0), step(20, 4)], 90_000_000)).toEqual([0.8, 0.8, 0.4]);
  expect(remainingOverTime([step(500, 15), step(500, 10)], 98_000_000)).toEqual([0.25, -0.25]);
});

it('has nothing to show without events or without a budget', () => {
  expect(remainingOverTime([step(0, 0), step(0, 0)], 90_000_000)).toEqual([null, null]);
  expect(remainingOverTime([step(10, 1)], 100_000_000)).toEqual([null]);
});

it('ends where the window stands, and never rises', () => {
  const steps = fc.array(
    fc
      .record({ valid: fc.nat(10_000), share: fc.integer({ min: 0, max: 100 }) })
      .map(({ valid, share }) => step(valid, Math.floor((valid * share) / 100))),
    { minLength: 1, maxLength: 50 },
  );
  fc.assert(
    fc.property(steps, fc.integer({ min: 0, max: 99_999_999 }), (parts, target) => {
      const points = remainingOverTime(parts, target);
      expect(points.at(-1)).toBe(budgetOf(sumCounts(parts), target, 3_600_000).remaining);
      for (const [index, point] of points.entries()) {
        expect(point === null || point <= (points[index - 1] ?? 1)).toBe(true);
      }
    }),
  );
});
