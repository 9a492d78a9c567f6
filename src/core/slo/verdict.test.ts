import { expect, it } from 'vitest';
import { windowState } from './verdict.ts';

const policy = { target: 99_900_000, warning: 99_950_000, minimumCoverage: 90_000_000 };
const full = { observed: 43_200, expected: 43_200 };
const of = (valid: bigint, bad: bigint) => ({ good: valid - bad, valid });

it.each([
  [5n, 'healthy'],
  [6n, 'warning'],
  [10n, 'warning'],
  [11n, 'violated'],
])('calls %d bad of 10,000 %s', (bad, state) => {
  expect(windowState({ counts: of(10_000n, bad), coverage: full }, policy)).toBe(state);
});

it('does not warn without a warning', () => {
  expect(windowState({ counts: of(10_000n, 10n), coverage: full }, { ...policy, warning: undefined })).toBe('healthy');
});

it('answers "no data" when too little is known, however good or bad it looks', () => {
  const covered = { observed: 38_880, expected: 43_200 };
  const uncovered = { observed: 38_879, expected: 43_200 };
  expect(windowState({ counts: of(10_000n, 0n), coverage: covered }, policy)).toBe('healthy');
  expect(windowState({ counts: of(10_000n, 0n), coverage: uncovered }, policy)).toBe('no-data');
  expect(windowState({ counts: of(10_000n, 10_000n), coverage: uncovered }, policy)).toBe('no-data');
});

it('answers "no data" without events, however well covered', () => {
  expect(windowState({ counts: of(0n, 0n), coverage: full }, policy)).toBe('no-data');
});
