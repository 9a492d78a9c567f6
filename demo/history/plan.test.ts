import fc from 'fast-check';
import { expect, test } from 'vitest';
import { newestFirst, planHistory, progressOf, withoutPiece } from './plan.ts';

const DAY = 86_400_000;
const now = Date.UTC(2026, 10, 24, 12);

test('the first start plans all days and remembers when it was', () => {
  expect(planHistory(undefined, { now, days: 30, gaps: [] })).toEqual({
    anchor: now,
    totalMs: 30 * DAY,
    pending: [[now - 30 * DAY, now]],
  });
});

test('a later start plans only what was left and the gap since the last run', () => {
  const before = {
    anchor: now - 3 * DAY,
    totalMs: 30 * DAY,
    pending: [[now - 33 * DAY, now - 29 * DAY] as [number, number]],
  };
  const plan = planHistory(before, { now, days: 30, gaps: [[now - DAY, now]] });
  expect(plan.anchor).toBe(now - 3 * DAY);
  expect(plan.pending).toEqual([
    [now - 30 * DAY, now - 29 * DAY],
    [now - DAY, now],
  ]);
});

test('pieces come newest first, cover everything once and leave nothing behind', () => {
  const intervals = fc.array(fc.tuple(fc.integer({ min: 0, max: 1000 }), fc.integer({ min: 1, max: 1000 })), {
    maxLength: 5,
  });
  fc.assert(
    fc.property(intervals, fc.integer({ min: 1, max: 300 }), (parts, pieceMs) => {
      let at = 0;
      const pending = parts.map(([gap, length]): [number, number] => {
        const from = at + gap;
        at = from + length;
        return [from, at];
      });
      const totalMs = pending.reduce((sum, [from, to]) => sum + to - from, 0);
      let plan = { anchor: 0, totalMs, pending };
      let last = Number.POSITIVE_INFINITY;
      let covered = 0;
      for (const piece of newestFirst(pending, pieceMs)) {
        expect(piece[1]).toBeLessThanOrEqual(last);
        expect(piece[1] - piece[0]).toBeLessThanOrEqual(pieceMs);
        last = piece[0];
        covered += piece[1] - piece[0];
        plan = withoutPiece(plan, piece);
      }
      expect(covered).toBe(totalMs);
      expect(plan.pending).toEqual([]);
      expect(progressOf(plan)).toBe(1);
    }),
  );
});

test('a piece that is done out of turn leaves the time on both sides', () => {
  const plan = { anchor: 0, totalMs: 100, pending: [[0, 100] as [number, number]] };
  const left = withoutPiece(plan, [40, 60]);
  expect(left.pending).toEqual([
    [0, 40],
    [60, 100],
  ]);
  expect(progressOf(left)).toBeCloseTo(0.2);
});
