import { expect, it } from 'vitest';
import {
  badCount,
  formatCount,
  formatFailureShare,
  formatLatency,
  formatPercent,
  formatRate,
  ratioOf,
} from './number.ts';

it('prints counts beyond 2^53 without losing a digit', () => {
  expect(formatCount(12_345)).toBe('12,345');
  expect(formatCount('9007199254740993')).toBe('9,007,199,254,740,993');
});

it('subtracts counts beyond 2^53 exactly', () => {
  expect(badCount('9007199254740992', '9007199254740993')).toBe(1);
  expect(badCount(0, '9007199254740993')).toBe('9007199254740993');
});

it('never rounds a miss up to a hit', () => {
  expect(formatPercent(0.99949)).toBe('99.949%');
  expect(formatPercent(0.9999999)).toBe('99.999%');
  expect(formatPercent(1)).toBe('100%');
});

it('prints a share that is exact in decimal as it is written', () => {
  expect(formatPercent(0.999)).toBe('99.900%');
  expect(formatPercent(0.5)).toBe('50.0%');
});

it('shows a tiny failure share as more than nothing', () => {
  expect(formatFailureShare(0)).toBe('0%');
  expect(formatFailureShare(0.000001)).toBe('<0.01%');
  expect(formatFailureShare(0.0123)).toBe('1.23%');
  expect(formatFailureShare(0.5)).toBe('50.0%');
});

it('chooses the unit of a latency', () => {
  expect(formatLatency(null)).toBe('–');
  expect(formatLatency(0.84)).toBe('0.8 ms');
  expect(formatLatency(42.4)).toBe('42 ms');
  expect(formatLatency(1240)).toBe('1.24 s');
});

it('prints burn rates', () => {
  expect(formatRate(null)).toBe('–');
  expect(formatRate(0)).toBe('0×');
  expect(formatRate(0.001)).toBe('<0.01×');
  expect(formatRate(0.42)).toBe('0.42×');
  expect(formatRate(14.44)).toBe('14.4×');
  expect(formatRate(1000)).toBe('1000×');
});

it('calls a part of nothing zero', () => {
  expect(ratioOf(3, 0)).toBe(0);
  expect(ratioOf('1', 4)).toBe(0.25);
});
