import { expect, it } from 'vitest';
import { liveStateOf, refreshPause } from './live-state.ts';

it('is live while news come, stale without them', () => {
  const connection = { open: true, opened: true, heardAt: 1_000 };
  expect(liveStateOf(connection, 2_000)).toBe('live');
  expect(liveStateOf(connection, 32_000)).toBe('stale');
});

it('is offline only after it was open once', () => {
  expect(liveStateOf({ open: false, opened: false, heardAt: 0 }, 99_000)).toBe('connecting');
  expect(liveStateOf({ open: false, opened: true, heardAt: 0 }, 99_000)).toBe('offline');
});

it('spends a tenth of the time on loading at most, and waits a minute at most', () => {
  expect(refreshPause(20)).toBe(2_000);
  expect(refreshPause(1_500)).toBe(15_000);
  expect(refreshPause(20_000)).toBe(60_000);
});
