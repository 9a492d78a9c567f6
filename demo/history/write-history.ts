import { encodeSpans } from './encode.ts';
import { generateSpans, type World } from './generate.ts';
import { type HistoryPlan, newestFirst, progressOf, withoutPiece } from './plan.ts';
import { historyResource } from './resource.ts';

/** Two hours are about 3500 spans: a request of the size that Verdant writes at once, and soon acknowledged. */
const PIECE_MS = 2 * 3_600_000;

const REQUESTS_AT_ONCE = 6;

/** What writing a history needs of the outside. */
export interface HistoryWriter {
  readonly seed: number;
  readonly zoneOffsetMs: World['zoneOffsetMs'];
  /** Resolves when the payload is stored. */
  readonly send: (payload: Uint8Array) => Promise<void>;
  /** Called after each acknowledged piece with what is left. */
  readonly onProgress: (plan: HistoryPlan, progress: number) => void;
}

/**
 * Writes all that is pending, newest first, a few requests at a time.
 * A piece counts as written once it is acknowledged, so a run that is killed repeats at most the pieces in flight.
 * @returns number of spans
 */
export async function writeHistory(start: HistoryPlan, writer: HistoryWriter): Promise<number> {
  const world: World = { seed: writer.seed, anchor: start.anchor, zoneOffsetMs: writer.zoneOffsetMs };
  const pieces = newestFirst(start.pending, PIECE_MS);
  let plan = start;
  let written = 0;
  const work = async (): Promise<void> => {
    for (const piece of pieces) {
      const spans = generateSpans(world, piece[0], piece[1]);
      if (spans.length > 0) await writer.send(encodeSpans(spans, historyResource));
      written += spans.length;
      plan = withoutPiece(plan, piece);
      writer.onProgress(plan, progressOf(plan));
    }
  };
  await Promise.all(Array.from({ length: REQUESTS_AT_ONCE }, work));
  return written;
}
