import { parseDuration } from '../../src/lib/duration.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const MAX_WINDOW = 400 * DAY;

/** More columns than this cannot be read side by side. */
export const MAX_WINDOWS = 6;

/** The timeframes of the board until someone chooses others. */
export const defaultWindows: readonly string[] = ['1h', '24h', '7d', '30d'];

/** Length of a window in milliseconds; 0 for a text that is none. */
export function windowMs(window: string): number {
  return parseDuration(window) ?? 0;
}

/** A window for people: `24h` is `24 h`, number and unit kept on one line. */
export function windowLabel(window: string): string {
  return window.replace(/(\d)([a-z]+)/g, '$1\u00a0$2 ').trim();
}

/** What a timeframe of this length is good for: a word for the head of a column, and the reason. */
export interface WindowPurpose {
  readonly short: string;
  readonly long: string;
}

/** Short windows react fast and forget fast; long ones carry the promise. */
export function windowPurpose(window: string): WindowPurpose {
  const ms = windowMs(window);
  if (ms <= 6 * HOUR)
    return { short: 'Act now', long: 'Reacts within minutes. Red here means that customers are hurt right now.' };
  if (ms <= 2 * DAY)
    return { short: 'Look into it today', long: 'Shows what one day did: an incident, a deployment, a busy evening.' };
  if (ms <= 14 * DAY)
    return { short: 'Steer this week', long: 'Shows whether it gets better or worse: fix things first, or build on.' };
  return { short: 'Plan and report', long: 'The promise itself. It moves slowly: decide here what to invest in.' };
}

/** The reason a text cannot be a window of the board, or undefined when it can. */
export function windowProblem(text: string, present: readonly string[]): string | undefined {
  const ms = windowMs(text);
  if (ms === 0) return 'Write a length such as 30m, 6h, 14d or 12w.';
  if (ms % MINUTE !== 0 || ms < 5 * MINUTE || ms > MAX_WINDOW) return 'Whole minutes, from 5m to 400d.';
  if (present.some((window) => windowMs(window) === ms)) return 'This timeframe is shown already.';
  if (present.length >= MAX_WINDOWS) return `At most ${MAX_WINDOWS} timeframes side by side; take one away first.`;
  return undefined;
}

/** Reads `1h,24h` of an address: valid windows only, each once, shortest first; the usual ones when none is left. */
export function readWindows(text: string | undefined): readonly string[] {
  const windows: string[] = [];
  for (const part of (text ?? '').split(',')) {
    const window = part.trim();
    if (windowProblem(window, windows) === undefined) windows.push(window);
  }
  return windows.length === 0 ? defaultWindows : sortWindows(windows);
}

/** Shortest first. */
export function sortWindows(windows: readonly string[]): readonly string[] {
  return windows.toSorted((a, b) => windowMs(a) - windowMs(b));
}
