import { VerdantError } from '../../contract/errors.ts';
import type { RollingWindow } from '../../core/slo/objective.ts';
import { MINUTE_MS } from '../../core/slo/window.ts';
import { parseDuration } from '../../lib/duration.ts';

const SHORTEST_MS = 5 * MINUTE_MS;
const LONGEST_MS = 400 * 1440 * MINUTE_MS;
const MOST = 12;

/**
 * Reads a rolling window such as `24h`.
 * @throws VerdantError `invalid-request`
 */
export function readWindow(text: string): RollingWindow {
  const ms = parseDuration(text.trim());
  if (ms === undefined || ms % MINUTE_MS !== 0 || ms < SHORTEST_MS || ms > LONGEST_MS) {
    throw new VerdantError('invalid-request', {
      details: [
        {
          path: 'windows',
          message: `"${text}" is no window`,
          expected: 'whole minutes from 5m to 400d, such as 1h, 24h or 7d',
        },
      ],
    });
  }
  return { text: text.trim(), ms };
}

/** Reads windows separated by commas. */
export function readWindows(text: string): RollingWindow[] {
  const parts = text.split(',').filter((part) => part.trim() !== '');
  if (parts.length === 0 || parts.length > MOST) {
    throw new VerdantError('invalid-request', {
      details: [{ path: 'windows', message: `between 1 and ${MOST} windows` }],
    });
  }
  return parts.map(readWindow);
}

/** Nothing was measured before, and the engine counts no nanoseconds before 1900. */
const EARLIEST_MS = Date.UTC(2000, 0, 1);

/**
 * The moment that windows end at: what was asked for, but never after the watermark, since nothing is known of later.
 * @returns milliseconds
 * @throws VerdantError `invalid-request` before the year 2000
 */
export function readMoment(at: string | undefined, watermarkMs: number): number {
  if (at === undefined) return watermarkMs;
  const asked = new Date(at).getTime();
  if (asked < EARLIEST_MS) {
    throw new VerdantError('invalid-request', {
      details: [{ path: 'at', message: `"${at}" is too long ago`, expected: 'a moment after 2000-01-01T00:00:00Z' }],
    });
  }
  return Math.min(asked, watermarkMs);
}
