import { expect, test } from 'vitest';
import { dayShape } from './day-shape.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const tuesday = Date.UTC(2026, 10, 24);

test('a working day is busiest at midday and never quite empty', () => {
  const shares = Array.from({ length: 24 * 60 }, (_, minute) => dayShape(tuesday + minute * 60_000, 0));
  expect(Math.max(...shares)).toBe(dayShape(tuesday + 12 * HOUR, 0));
  expect(Math.min(...shares)).toBeGreaterThan(0.15);
  expect(dayShape(tuesday + 3 * HOUR, 0)).toBeLessThan(0.25);
});

test('traffic changes without jumps, over midnight too', () => {
  for (let minute = 0; minute < 24 * 60; minute++) {
    const at = tuesday + minute * 60_000;
    expect(Math.abs(dayShape(at + 60_000, 0) - dayShape(at, 0))).toBeLessThan(0.02);
  }
});

test('fewer people bank on Sundays', () => {
  const sunday = tuesday + 5 * DAY;
  expect(new Date(sunday).getUTCDay()).toBe(0);
  expect(dayShape(sunday + 12 * HOUR, 0)).toBeLessThan(0.7 * dayShape(tuesday + 12 * HOUR, 0));
});

test('the day is that of the zone of the bank', () => {
  expect(dayShape(tuesday + 10 * HOUR, 2 * HOUR)).toBe(dayShape(tuesday + 12 * HOUR, 0));
});
