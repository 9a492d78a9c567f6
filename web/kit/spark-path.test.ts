import { expect, it } from 'vitest';
import { sparkPath, sparkScale, sparkY } from './spark-path.ts';

const box = { width: 20, height: 10, low: 0, high: 1 };

it('draws a line from left to right, top is best', () => {
  expect(sparkPath([1, 0.5, 0], box)).toBe('M0 0l0 0L10 5L20 10');
});

it('leaves a gap where there is no data and a dot where a value stands alone', () => {
  expect(sparkPath([1, null, 0], box)).toBe('M0 0l0 0M20 10l0 0');
});

it('draws nothing for nothing', () => {
  expect(sparkPath([], box)).toBe('');
  expect(sparkPath([null, null], box)).toBe('');
});

it('puts the target at half height while all is well', () => {
  const scale = sparkScale([1, 0.9995], 0.999);
  expect(sparkY(0.999, { ...box, ...scale })).toBeCloseTo(5);
});

it('grows downwards when values fall', () => {
  expect(sparkScale([0.5, null], 0.999).low).toBe(0.5);
});

it('survives a target of 100 %', () => {
  const scale = sparkScale([1, 1], 1);
  expect(scale.high).toBeGreaterThan(scale.low);
});
