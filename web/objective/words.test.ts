import { describe, expect, it } from 'vitest';
import { aStatus } from '../board/board-rows.fixture.ts';
import { burnBar, burnMeaning } from './burn-meaning.ts';
import { objectiveSearchSchema } from './objective-search.ts';
import { allowance, outageLeft, verdict } from './verdict.ts';

const HOUR = 3_600_000;

describe('the verdict in words', () => {
  it('says whether the promise is kept', () => {
    expect(verdict(aStatus('24h', 'healthy'))).toBe(
      '999 of 1,000 requests in the last 24\u00a0h were good: 99.9%, which keeps the promise of 99%.',
    );
    expect(verdict(aStatus('1h', 'violated'))).toMatch(/less than the 99% promised/);
    expect(verdict(aStatus('1h', 'warning'))).toMatch(/only just/);
    expect(verdict(aStatus('1h', 'no-data'))).toMatch(/too little telemetry/);
  });

  it('speaks of the budget only where there is one', () => {
    const cell = aStatus('1h', 'healthy');
    expect(allowance(cell)).toBe('1 bad request; the target allows 10.');
    expect(allowance({ ...cell, budget: { ...cell.budget, allowed: 0.2 } })).toMatch(/allows not even one\.$/);
    expect(allowance(aStatus('1h', 'healthy', null))).toBeUndefined();
    expect(outageLeft(cell)).toBe('Enough for 1\u00a0min of complete outage at even traffic.');
    expect(outageLeft({ ...cell, budget: { ...cell.budget, minutes: -90 } })).toMatch(/Overspent .* 1\sh 30\smin/);
    expect(outageLeft(aStatus('1h', 'no-data'))).toBeUndefined();
  });
});

describe('the speed of spending', () => {
  it('is told as the time until the budget is gone', () => {
    expect(burnMeaning(null, HOUR)).toBe('No requests.');
    expect(burnMeaning(0, HOUR)).toBe('Nothing is being spent.');
    expect(burnMeaning(0.9, HOUR)).toMatch(/lasts/);
    expect(burnMeaning(720, 720 * HOUR)).toBe('At this speed the whole budget is gone in 1\u00a0h.');
  });

  it('has a bar that ends at the ceiling', () => {
    expect(burnBar(null, 100)).toBe(0);
    expect(burnBar(100, 100)).toBe(1);
    expect(burnBar(9, 99)).toBeCloseTo(0.5);
    expect(burnBar(5, null)).toBe(1);
  });
});

it('looks at windows only', () => {
  expect(objectiveSearchSchema.parse({ window: '6h' })).toEqual({ window: '6h' });
  expect(objectiveSearchSchema.parse({ window: 'soon' }).window).toBeUndefined();
});
