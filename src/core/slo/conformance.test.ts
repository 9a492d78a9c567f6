import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseShare } from '../../lib/share.ts';
import { budgetOf } from './budget.ts';
import { burnRateOf } from './burn-rate.ts';
import { type Counts, sumCounts } from './counts.ts';
import { sliNumber, sliText } from './sli.ts';
import { isMet, windowState } from './verdict.ts';

const DAY_MS = 86_400_000;
const full = { observed: 1, expected: 1 };

function share(text: string): number {
  const points = parseShare(text);
  if (points === undefined) throw new Error(`${text} is no share`);
  return points;
}

const events = (valid: number | bigint, bad: number | bigint): Counts => ({
  good: BigInt(valid) - BigInt(bad),
  valid: BigInt(valid),
});

const stateAt = (target: string, counts: Counts): string =>
  windowState({ counts, coverage: full }, { target: share(target), warning: undefined, minimumCoverage: share('0%') });

describe('case 6: sums, never averages', () => {
  it('lets a bad night of little traffic weigh what it is worth', () => {
    const all = sumCounts([events(720_000, 0), events(720, 72)]);
    expect(1 - (sliNumber(all) ?? 0)).toBeCloseTo(0.0000999, 8);
    expect(stateAt('99.9%', all)).toBe('healthy');
  });
  it('adds up groups: 999,090 of 1,000,100 miss 99.9 %', () => {
    const all = sumCounts([events(1_000_000, 1000), events(100, 10)]);
    expect(all).toEqual({ good: 999_090n, valid: 1_000_100n });
    expect(sliText(all, share('99.999%'))).toBe('99.8990%');
    expect(sliText(all, share('99.9%'))).toBe('99.89%');
    expect(stateAt('99.9%', all)).toBe('violated');
  });
});

describe('case 8: more than the budget spent', () => {
  it('shows 25 bad of 10,000 at 99.9 % as -150 % left', () => {
    const counts = events(10_000, 25);
    expect(budgetOf(counts, share('99.9%'), 30 * DAY_MS)).toEqual({
      target: 0.999,
      targetText: '99.9%',
      allowed: 10,
      spent: 25,
      remaining: -1.5,
      remainingText: '-150%',
      minutes: -64.8,
    });
    expect(stateAt('99.9%', counts)).toBe('violated');
  });
  it('never divides by the empty budget of a target of 100 %', () => {
    const budget = budgetOf(events(10_000, 1), share('100%'), DAY_MS);
    expect(budget).toMatchObject({ allowed: 0, spent: 1, remaining: null, minutes: null });
    expect(budget.remainingText).toBe('1 bad, 0 allowed');
    expect(burnRateOf('1h', events(10, 1), share('100%'))).toEqual({ lookback: '1h', rate: null, ceiling: null });
    expect(stateAt('100%', events(10_000, 1))).toBe('violated');
    expect(stateAt('100%', events(10_000, 0))).toBe('healthy');
  });
  it('says "no events" rather than a full budget', () => {
    expect(budgetOf(events(0, 0), share('99.9%'), DAY_MS)).toMatchObject({
      allowed: 0,
      remaining: null,
      remainingText: 'no events',
      minutes: null,
    });
    expect(stateAt('99.9%', events(0, 0))).toBe('no-data');
  });
});

describe('case 9: what remains, to three decimals', () => {
  it.each([
    [950_000, 500, 0.47368, '47.3%'],
    [1_000_000, 500, 0.5, '50%'],
    [1_000_000, 2000, -1, '-100%'],
  ])('of %d events %d bad leave %d', (valid, bad, remaining, text) => {
    const budget = budgetOf(events(valid, bad), share('99.9%'), 30 * DAY_MS);
    expect(budget.remaining).toBeCloseTo(remaining, 5);
    expect(budget.remainingText).toBe(text);
  });
});

describe('case 11: little traffic', () => {
  it('burns 100 when one of ten requests fails at 99.9 %', () => {
    expect(burnRateOf('1h', events(10, 1), share('99.9%'))).toEqual({ lookback: '1h', rate: 100, ceiling: 1000 });
  });
  it('has no burn rate without traffic', () => {
    expect(burnRateOf('1h', events(0, 0), share('99.9%')).rate).toBeNull();
  });
  it.each([
    ['90%', 10],
    ['95%', 20],
    ['96%', 25],
    ['99%', 100],
    ['99.9%', 1000],
  ])('burns at %s at most %d', (target, ceiling) => {
    const full = burnRateOf('5m', events(7, 7), share(target));
    expect(full).toEqual({ lookback: '5m', rate: ceiling, ceiling });
  });
});

describe('case 13: exactly on the target is met', () => {
  it.each([
    ['90%', 10],
    ['99.99%', 10_000],
    ['99.9%', 1000],
    ['99.999999%', 100_000_000],
  ])('at %s one bad of %d', (target, valid) => {
    expect(isMet(events(valid, 1), share(target))).toBe(true);
    expect(stateAt(target, events(valid, 1))).toBe('healthy');
    expect(stateAt(target, events(valid, 2))).toBe('violated');
    expect(stateAt(target, events(valid - 1, 1))).toBe('violated');
  });
});

describe('case 19: rounding', () => {
  it('prints 99.8999 % as 99.89 %', () => {
    expect(sliText(events(1_000_000, 1001), share('99.9%'))).toBe('99.89%');
  });
  it('has a decimal more than the target, two at least', () => {
    expect(sliText(events(3, 1), share('95%'))).toBe('66.66%');
    expect(sliText(events(100_000_000, 10_001), share('99.99%'))).toBe('99.989%');
    expect(sliText(events(100_000_000, 50_001), share('99.95%'))).toBe('99.949%');
  });
  it('prints 100 % only without a bad event', () => {
    expect(sliText(events(10n ** 18n, 1), share('99.9%'))).toBe('99.99%');
    expect(sliText(events(10n ** 18n, 0), share('99.9%'))).toBe('100%');
  });
});

/** Counts and a target, often near or on the boundary, some far above 2^53. */
const arbitrary = fc
  .record({
    valid: fc.oneof(fc.bigInt(1n, 100_000n), fc.bigInt(1n, 10n ** 18n)),
    target: fc.oneof(fc.integer({ min: 0, max: 100_000_000 }), fc.constantFrom(90_000_000, 99_900_000, 99_990_000)),
    offset: fc.bigInt(-2n, 2n),
    anywhere: fc.bigInt(0n, 10n ** 18n),
    near: fc.boolean(),
  })
  .map(({ valid, target, offset, anywhere, near }) => {
    const boundary = (valid * BigInt(100_000_000 - target)) / 100_000_000n + offset;
    const wanted = near ? boundary : anywhere % (valid + 1n);
    const bad = wanted < 0n ? 0n : wanted > valid ? valid : wanted;
    return { counts: { good: valid - bad, valid }, target };
  });

/** Whether good / valid ≥ target / 1e8, by cross multiplication of the shares themselves. */
const reaches = ({ good, valid }: Counts, points: bigint, whole = 100_000_000n): boolean =>
  good * whole >= points * valid;

/** A printed percentage as a rational: units and how many of them are one. */
function printed(text: string): { units: bigint; whole: bigint } {
  const match = /^(\d+)(?:\.(\d+))?%$/.exec(text);
  const decimals = match?.[2] ?? '';
  return { units: BigInt(`${match?.[1] ?? 'x'}${decimals}`), whole: 100n * 10n ** BigInt(decimals.length) };
}

describe('against rational arithmetic', () => {
  it('decides as the rationals do', () => {
    fc.assert(
      fc.property(arbitrary, ({ counts, target }) => isMet(counts, target) === reaches(counts, BigInt(target))),
      { numRuns: 3000 },
    );
  });
  it('prints an SLI that is never better than it is, and misses when it misses', () => {
    fc.assert(
      fc.property(arbitrary, ({ counts, target }) => {
        const text = sliText(counts, target);
        const { units, whole } = printed(text);
        expect(reaches(counts, units, whole)).toBe(true);
        expect(units * 100_000_000n >= BigInt(target) * whole).toBe(isMet(counts, target));
        expect(text.startsWith('100')).toBe(counts.good === counts.valid);
      }),
      { numRuns: 3000 },
    );
  });
  it('leaves a budget below zero exactly when the target is missed', () => {
    fc.assert(
      fc.property(arbitrary, ({ counts, target }) => {
        const { remaining, remainingText, minutes } = budgetOf(counts, target, 30 * DAY_MS);
        if (target === 100_000_000) {
          expect(remaining).toBeNull();
          expect(minutes).toBeNull();
          return;
        }
        expect((remaining ?? Number.NaN) >= 0).toBe(isMet(counts, target));
        expect(remainingText.startsWith('-')).toBe(!isMet(counts, target));
        expect(Number.parseFloat(remainingText) / 100).toBeLessThanOrEqual((remaining ?? 0) + 1e-12);
        const burn = burnRateOf('1h', counts, target).rate ?? Number.NaN;
        expect(Math.abs(1 - burn - (remaining ?? 0))).toBeLessThanOrEqual(1e-9 * Math.max(1, burn));
      }),
      { numRuns: 3000 },
    );
  });
});
