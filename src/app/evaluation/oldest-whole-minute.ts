import { MINUTE_MS } from '../../core/slo/window.ts';

/**
 * The first minute of which all spans are still kept, in milliseconds. Older ones are never counted anew: some of their
 * spans may be gone, and the ledger knows better.
 */
export const oldestWholeMinute = (nowMs: number, spanRetentionMs: number): number =>
  Math.ceil((nowMs - spanRetentionMs) / MINUTE_MS) * MINUTE_MS;
