import { expect, it } from 'vitest';
import { coverageNumber, coverageOf, isCovered } from './coverage.ts';

const DAY = 86_400_000;
const window = { fromMs: 100 * DAY, toMs: 130 * DAY };

it('is 93.33 % when 2 of 30 days are absent', () => {
  const coverage = coverageOf(window, 40_320, 0);
  expect(coverage).toEqual({ observed: 40_320, expected: 43_200 });
  expect(coverageNumber(coverage)).toBeCloseTo(0.9333, 4);
  expect(isCovered(coverage, 93_000_000)).toBe(true);
  expect(isCovered(coverage, 94_000_000)).toBe(false);
});

it('does not miss the time before the objective had data', () => {
  expect(coverageOf(window, 60, window.toMs - 3_600_000)).toEqual({ observed: 60, expected: 60 });
});

it('expects nothing of an objective that never had data, or only later', () => {
  expect(coverageOf(window, 0, undefined)).toEqual({ observed: 0, expected: 0 });
  expect(coverageOf(window, 0, window.toMs + DAY)).toEqual({ observed: 0, expected: 0 });
  expect(coverageNumber({ observed: 0, expected: 0 })).toBe(0);
  expect(isCovered({ observed: 0, expected: 0 }, 1)).toBe(false);
});
