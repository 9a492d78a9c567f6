/** How far the page follows the server. */
export type LiveState = 'connecting' | 'live' | 'stale' | 'offline';

export interface Connection {
  readonly open: boolean;
  /** Whether it was open once: a page that has just loaded is not offline. */
  readonly opened: boolean;
  /** When the last event came, or when the connection opened; milliseconds since the epoch. */
  readonly heardAt: number;
}

/** Without news for this long, numbers may be old although the connection stands. */
export const STALE_AFTER_MS = 30_000;

/** What to tell about a connection at a moment. */
export function liveStateOf(connection: Connection, now: number): LiveState {
  if (!connection.open) return connection.opened ? 'offline' : 'connecting';
  return now - connection.heardAt > STALE_AFTER_MS ? 'stale' : 'live';
}

/**
 * How long to wait before the numbers are fetched again: a board of ten objectives may follow every two seconds, one
 * of ten thousand must not spend its life on loading.
 * @param lastFetchMs how long the last fetch took
 */
export function refreshPause(lastFetchMs: number): number {
  const MIN_MS = 2_000;
  const MAX_MS = 60_000;
  const SHARE_OF_TIME_SPENT = 10;
  return Math.min(MAX_MS, Math.max(MIN_MS, lastFetchMs * SHARE_OF_TIME_SPENT));
}
