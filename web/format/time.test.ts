import { expect, it } from 'vitest';
import { formatAgo, formatLength, formatTick } from './time.ts';

const MINUTE = 60_000;

it('writes a length in its two largest units', () => {
  expect(formatLength(42_000)).toBe('42\u00a0s');
  expect(formatLength(26 * MINUTE)).toBe('26\u00a0min');
  expect(formatLength(192 * MINUTE)).toBe('3\u00a0h 12\u00a0min');
  expect(formatLength((2 * 24 + 4) * 60 * MINUTE + 5 * MINUTE)).toBe('2\u00a0d 4\u00a0h');
  expect(formatLength(-90 * MINUTE)).toBe('1\u00a0h 30\u00a0min');
});

it('rounds to whole minutes and not to 60 of them', () => {
  expect(formatLength(2 * 60 * MINUTE - 1)).toBe('2\u00a0h');
});

it('marks days by their date and hours by the time', () => {
  const noon = new Date(2026, 0, 2, 12).getTime() / 1000;
  expect(formatTick(noon, 3_600)).toBe('12:00');
  expect(formatTick(noon, 86_400)).toBe('2 Jan');
  expect(formatTick(noon - 43_200, 3_600)).toBe('2 Jan');
});

it('says how long ago something was', () => {
  const now = Date.parse('2026-01-02T12:00:00Z');
  expect(formatAgo('2026-01-02T11:59:30Z', now)).toBe('just now');
  expect(formatAgo('2026-01-02T11:52:10Z', now)).toBe('7\u00a0min ago');
  expect(formatAgo('2026-01-01T10:00:00Z', now)).toBe('1\u00a0d ago');
});
