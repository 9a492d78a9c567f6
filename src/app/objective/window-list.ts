import { VerdantError } from '../../contract/errors.ts';
import type { RollingWindow } from '../../core/slo/objective.ts';
import { parseDuration } from '../../lib/duration.ts';

const MINUTE_MS = 60_000;
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

/**
 * The moment that windows end at: what was asked for, but never after the watermark, since nothing is known of later.
 * @returns milliseconds
 */
export function readMoment(at: string | undefined, watermarkMs: number): number {
  return at === undefined ? watermarkMs : Math.min(new Date(at).getTime(), watermarkMs);
}
