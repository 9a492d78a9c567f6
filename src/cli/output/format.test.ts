import { expect, it } from 'vitest';
import { formatCount, formatInstant } from './format.ts';

it('groups thousands, exactly above 2^53 as well', () => {
  expect(formatCount(1234567)).toBe('1,234,567');
  expect(formatCount('9007199254740993')).toBe('9,007,199,254,740,993');
});

it('writes instants in UTC to the minute', () => {
  expect(formatInstant('2026-11-24T11:53:42.000Z')).toBe('2026-11-24 11:53Z');
});
