import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MINUTE_MS, seriesSteps, tierSegments, windowSlices } from './window.ts';

const HOUR = 60 * MINUTE_MS;
const DAY = 24 * HOUR;
const SIZE = { minute: MINUTE_MS, hour: HOUR, day: DAY };
const at = (text: string): number => Date.parse(text);

describe('a rolling window', () => {
  it('ends with the minute that the moment cuts', () => {
    expect(windowSlices(HOUR, at('2026-03-01T12:00:30Z'))).toEqual({
      fromMs: at('2026-03-01T11:01:00Z'),
      toMs: at('2026-03-01T12:01:00Z'),
    });
  });
  it('takes no minute that has not begun', () => {
    expect(windowSlices(DAY, at('2026-03-01T00:00:00Z')).toMs).toBe(at('2026-03-01T00:00:00Z'));
    expect(windowSlices(DAY, at('2026-03-01T00:00:00.001Z')).toMs).toBe(at('2026-03-01T00:01:00Z'));
  });
});

describe('the steps of a series', () => {
  it.each([
    [HOUR, 60, MINUTE_MS],
    [HOUR, 120, MINUTE_MS],
    [DAY, 120, 15 * MINUTE_MS],
    [7 * DAY, 120, 2 * HOUR],
    [30 * DAY, 120, 6 * HOUR],
    [30 * DAY, 24, 2 * DAY],
    [400 * DAY, 120, 4 * DAY],
  ])('of %d ms in %d points are %d ms', (window, points, step) => {
    expect(seriesSteps(window, points)).toBe(step);
  });
  it('are whole minutes and no more than asked for, and divide a day or are whole days', () => {
    fc.assert(
      fc.property(fc.integer({ min: 5, max: 576_000 }), fc.integer({ min: 1, max: 1000 }), (minutes, points) => {
        const step = seriesSteps(minutes * MINUTE_MS, points);
        expect(step % MINUTE_MS).toBe(0);
        expect(Math.ceil((minutes * MINUTE_MS) / step)).toBeLessThanOrEqual(points);
        expect(DAY % step === 0 || step % DAY === 0).toBe(true);
      }),
    );
  });
});

describe('tier segments', () => {
  it('go from minutes to hours to days and back', () => {
    expect(tierSegments(at('2026-03-01T22:30:00Z'), at('2026-03-04T03:15:00Z'))).toEqual([
      { tier: 'minute', fromMs: at('2026-03-01T22:30:00Z'), toMs: at('2026-03-01T23:00:00Z') },
      { tier: 'hour', fromMs: at('2026-03-01T23:00:00Z'), toMs: at('2026-03-02T00:00:00Z') },
      { tier: 'day', fromMs: at('2026-03-02T00:00:00Z'), toMs: at('2026-03-04T00:00:00Z') },
      { tier: 'hour', fromMs: at('2026-03-04T00:00:00Z'), toMs: at('2026-03-04T03:00:00Z') },
      { tier: 'minute', fromMs: at('2026-03-04T03:00:00Z'), toMs: at('2026-03-04T03:15:00Z') },
    ]);
  });
  it('refuse to cut a minute', () => {
    expect(() => tierSegments(1, MINUTE_MS)).toThrow(RangeError);
  });

  const span = fc
    .tuple(fc.integer({ min: 29_000_000, max: 29_010_000 }), fc.integer({ min: 0, max: 12_000 }))
    .map(([from, length]) => ({ from, to: from + length }));

  it('cover every minute once, in order, with whole slices', () => {
    fc.assert(
      fc.property(span, ({ from, to }) => {
        let position = from * MINUTE_MS;
        for (const { tier, fromMs, toMs } of tierSegments(from * MINUTE_MS, to * MINUTE_MS)) {
          expect(fromMs).toBe(position);
          expect(toMs).toBeGreaterThan(fromMs);
          expect(fromMs % SIZE[tier]).toBe(0);
          expect(toMs % SIZE[tier]).toBe(0);
          position = toMs;
        }
        expect(position).toBe(to * MINUTE_MS);
      }),
      { numRuns: 1000 },
    );
  });

  /** Slices of the best cover, found by taking at each minute the largest slice that begins there and fits. */
  function fewestSlices(fromMs: number, toMs: number): number {
    let slices = 0;
    for (let position = fromMs; position < toMs; slices++) {
      const size = [DAY, HOUR, MINUTE_MS].find((ms) => position % ms === 0 && position + ms <= toMs) ?? MINUTE_MS;
      position += size;
    }
    return slices;
  }

  it('use as few slices as can be, and no two neighbours of one tier', () => {
    fc.assert(
      fc.property(span, ({ from, to }) => {
        const segments = tierSegments(from * MINUTE_MS, to * MINUTE_MS);
        const slices = segments.reduce((sum, { tier, fromMs, toMs }) => sum + (toMs - fromMs) / SIZE[tier], 0);
        expect(slices).toBe(fewestSlices(from * MINUTE_MS, to * MINUTE_MS));
        expect(segments.length).toBeLessThanOrEqual(5);
        for (const [index, { tier }] of segments.entries()) expect(segments[index + 1]?.tier).not.toBe(tier);
      }),
      { numRuns: 500 },
    );
  });
});
