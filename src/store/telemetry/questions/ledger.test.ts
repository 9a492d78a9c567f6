import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeOnBothEngines, type TestEngine } from '../../../../test/factories/clickhouse.ts';
import type { MinuteSlice } from '../../../core/slo/count-slices.ts';
import { tierSegments } from '../../../core/slo/window.ts';
import { migrateTelemetry } from '../migrations/migrate.ts';
import { firstMinutes } from './first-minutes.ts';
import { ledgerSeries } from './ledger-series.ts';
import { coveringSlices, rollUp } from './roll-up.ts';
import { windowSums } from './window-sums.ts';
import { writeSlices } from './write-slices.ts';

const MINUTE = 60_000;
const START = Date.UTC(2026, 9, 30);
const MINUTES = 3 * 1440;
const END = START + MINUTES * MINUTE;

/** Minutes of an objective: idle now and then, absent now and then. */
function slicesOf(objective: number, version: number, scale: bigint): MinuteSlice[] {
  return Array.from({ length: MINUTES }, (_, index) => index)
    .filter((index) => index % 17 !== 3)
    .map((index) => ({
      objective,
      version,
      minuteMs: START + index * MINUTE,
      good: index % 11 === 0 ? 0n : scale * BigInt(index % 7),
      valid: index % 11 === 0 ? 0n : scale * BigInt((index % 7) + (index % 5)),
    }));
}

interface Sum {
  good: bigint;
  valid: bigint;
  observedMinutes: number;
}

function bruteSum(slices: readonly MinuteSlice[], fromMs: number, toMs: number): Sum {
  const sum: Sum = { good: 0n, valid: 0n, observedMinutes: 0 };
  for (const slice of slices) {
    if (slice.minuteMs < fromMs || slice.minuteMs >= toMs) continue;
    sum.good += slice.good;
    sum.valid += slice.valid;
    sum.observedMinutes += 1;
  }
  return sum;
}

describeOnBothEngines('the ledger', (open) => {
  let test: TestEngine;
  const one = slicesOf(1, 1, 1n);
  const two = slicesOf(2, 3, 10n ** 13n);
  const keys = [
    { id: 1, version: 1 },
    { id: 2, version: 3 },
  ];

  beforeAll(async () => {
    test = await open();
    await migrateTelemetry(test.engine, { cluster: undefined });
    await writeSlices(test.engine, [...one, ...two, ...slicesOf(2, 2, 3n)], 1n);
    await rollUp(test.engine, [1, 2], [{ fromMs: START, toMs: END }], 1n);
  });
  afterAll(() => test.dispose());

  it('sums any windows from the coarsest slices, exactly and beyond 2^53', async () => {
    const minute = fc.integer({ min: -100, max: MINUTES + 100 });
    const windows = fc.array(fc.tuple(minute, minute), { minLength: 1, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(windows, async (pairs) => {
        const asked = pairs.map(([a, b]) => ({
          fromMs: START + Math.min(a, b) * MINUTE,
          toMs: START + Math.max(a, b) * MINUTE,
        }));
        const sums = await windowSums(test.engine, keys, asked);
        asked.forEach(({ fromMs, toMs }, index) => {
          expect(sums.get(1)?.[index] ?? bruteSum([], 0, 0)).toEqual(bruteSum(one, fromMs, toMs));
          expect(sums.get(2)?.[index] ?? bruteSum([], 0, 0)).toEqual(bruteSum(two, fromMs, toMs));
        });
      }),
      { numRuns: 60, seed: 3 },
    );
  });

  it('gives series whose steps add up to the sum of their range', async () => {
    const steps = fc.constantFrom(1, 5, 15, 60, 360, 1440);
    await fc.assert(
      fc.asyncProperty(steps, fc.nat(MINUTES / 2), fc.nat(MINUTES / 2), async (step, from, length) => {
        const range = { fromMs: START + from * MINUTE, toMs: START + (from + length + 1) * MINUTE };
        const series = (await ledgerSeries(test.engine, keys, range, step * MINUTE)).get(2) ?? [];
        const total = bruteSum(two, range.fromMs, range.toMs);
        expect(series.reduce((sum, { valid }) => sum + valid, 0n)).toBe(total.valid);
        expect(series.reduce((sum, { good }) => sum + good, 0n)).toBe(total.good);
        expect(series.every(({ stepMs }) => stepMs % (step * MINUTE) === 0)).toBe(true);
      }),
      { numRuns: 40, seed: 5 },
    );
  });

  it('changes only the slices that are written anew, and the highest revision holds', async () => {
    const changed = { objective: 1, version: 1, minuteMs: START + 701 * MINUTE, good: 600n, valid: 660n };
    const range = { fromMs: changed.minuteMs, toMs: changed.minuteMs + MINUTE };
    await writeSlices(test.engine, [changed], 5n);
    await writeSlices(test.engine, [{ ...changed, good: 1n, valid: 1n }], 4n);
    await rollUp(test.engine, [1], [range], 5n);
    const expected = one.map((slice) => (slice.minuteMs === changed.minuteMs ? changed : slice));
    const windows = [range, { fromMs: START, toMs: END }, { fromMs: START + 720 * MINUTE, toMs: END }];
    const sums = await windowSums(test.engine, keys, windows);
    windows.forEach(({ fromMs, toMs }, index) => {
      expect(sums.get(1)?.[index]).toEqual(bruteSum(expected, fromMs, toMs));
    });
    expect(sums.get(2)?.[1]).toEqual(bruteSum(two, START, END));
  });

  it('knows the first minute of each objective and nothing of others', async () => {
    const first = await firstMinutes(test.engine, [...keys, { id: 99, version: 1 }, { id: 2, version: 3 }]);
    expect(first.get(1)).toBe(START);
    expect(first.has(99)).toBe(false);
  });
});

it('covers every range without gap or overlap, whatever tier is wanted', () => {
  fc.assert(
    fc.property(
      fc.nat(10_000),
      fc.integer({ min: 1, max: 10_000 }),
      fc.constantFrom('minute' as const, 'hour' as const, 'day' as const),
      (from, length, tier) => {
        const range = { fromMs: START + from * MINUTE, toMs: START + (from + length) * MINUTE };
        const parts = tierSegments(range.fromMs, range.toMs, tier);
        expect(parts[0]?.fromMs).toBe(range.fromMs);
        expect(parts.at(-1)?.toMs).toBe(range.toMs);
        parts.slice(1).forEach((part, index) => {
          expect(part.fromMs).toBe(parts[index]?.toMs);
        });
      },
    ),
  );
});

it('joins slices that touch and keeps those apart that do not', () => {
  const hour = 60 * MINUTE;
  expect(
    coveringSlices(
      [
        { fromMs: 5 * hour + 1, toMs: 5 * hour + 2 },
        { fromMs: 6 * hour, toMs: 6 * hour + 1 },
        { fromMs: 9 * hour, toMs: 9 * hour + 1 },
      ],
      hour,
    ),
  ).toEqual([
    { fromMs: 5 * hour, toMs: 7 * hour },
    { fromMs: 9 * hour, toMs: 10 * hour },
  ]);
});
