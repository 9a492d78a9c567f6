import fc from 'fast-check';
import { expect, it } from 'vitest';
import { countOnWire } from './count-on-wire.ts';
import { floorDivide, percentRoundedDown, ratioToNumber } from './ratio.ts';

it('agrees with division of doubles where these are exact', () => {
  const small = fc.integer({ min: -1_000_000_000, max: 1_000_000_000 });
  const positive = fc.integer({ min: 1, max: 1_000_000_000 });
  fc.assert(
    fc.property(small, positive, (a, b) => {
      expect(ratioToNumber(BigInt(a), BigInt(b))).toBe(a / b);
    }),
    { numRuns: 2000 },
  );
});

it('keeps quotients of counts that no double holds', () => {
  expect(ratioToNumber(10n ** 30n - 1n, 10n ** 30n)).toBe(1);
  expect(ratioToNumber(10n ** 30n, 4n * 10n ** 30n)).toBe(0.25);
});

it('refuses to divide by zero', () => {
  expect(() => ratioToNumber(1n, 0n)).toThrow(RangeError);
});

it('rounds toward minus infinity', () => {
  expect(floorDivide(-1n, 2n)).toBe(-1n);
  expect(floorDivide(-4n, 2n)).toBe(-2n);
  expect(floorDivide(7n, 2n)).toBe(3n);
});

it('writes per cent rounded down', () => {
  expect(percentRoundedDown(998_999n, 1_000_000n, 2)).toBe('99.89%');
  expect(percentRoundedDown(-1n, 3n, 1)).toBe('-33.4%');
  expect(percentRoundedDown(-1n, 100_000n, 1)).toBe('-0.1%');
  expect(percentRoundedDown(1n, 3n, 0)).toBe('33%');
  expect(percentRoundedDown(0n, 3n, 2)).toBe('0.00%');
});

it('writes counts above 2^53 - 1 as text', () => {
  expect(countOnWire(9_007_199_254_740_991n)).toBe(9_007_199_254_740_991);
  expect(countOnWire(9_007_199_254_740_992n)).toBe('9007199254740992');
});
