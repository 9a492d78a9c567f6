import { describe, expect, it } from 'vitest';
import { defaultWindows, readWindows, windowLabel, windowProblem, windowPurpose } from './window.ts';

describe('timeframes in the address', () => {
  it('are read shortest first, each length once', () => {
    expect(readWindows('7d,1h,24h,1d')).toEqual(['1h', '24h', '7d']);
  });

  it('fall back to the usual ones when nothing valid is left', () => {
    expect(readWindows(undefined)).toEqual(defaultWindows);
    expect(readWindows('soon,-1h,90s')).toEqual(defaultWindows);
  });

  it('keep no more than fit side by side', () => {
    expect(readWindows('1h,2h,3h,4h,5h,6h,7h')).toHaveLength(6);
  });
});

describe('a timeframe that someone writes', () => {
  it('is refused with a reason', () => {
    expect(windowProblem('six hours', [])).toMatch(/such as/);
    expect(windowProblem('90s', [])).toMatch(/Whole minutes/);
    expect(windowProblem('401d', [])).toMatch(/400d/);
    expect(windowProblem('1d', ['24h'])).toMatch(/already/);
    expect(windowProblem('9h', ['1h', '2h', '3h', '4h', '5h', '6h'])).toMatch(/At most 6/);
  });

  it('is taken when it is whole minutes', () => {
    expect(windowProblem('1h30m', ['1h'])).toBeUndefined();
  });
});

it('writes a window with spaces', () => {
  expect(windowLabel('24h')).toBe('24\u00a0h');
  expect(windowLabel('1h30m')).toBe('1\u00a0h 30\u00a0m');
});

it('tells what a length is good for', () => {
  expect(windowPurpose('1h').short).toBe('Act now');
  expect(windowPurpose('24h').short).toBe('Look into it today');
  expect(windowPurpose('7d').short).toBe('Steer this week');
  expect(windowPurpose('90d').short).toBe('Plan and report');
});
