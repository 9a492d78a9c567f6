import { z } from 'zod';

const DAY = 86_400_000;

const span = z.tuple([z.int(), z.int()]);

/** What of the history is still to be written, as kept between runs. */
export const historyPlanSchema = z.object({
  /** When the demo was started for the first time: past incidents are told relative to it. */
  anchor: z.int(),
  /** Milliseconds of all spans of time that were ever to be written, for the progress. */
  totalMs: z.number(),
  /** Spans of time [from, to) without telemetry yet, oldest first, in milliseconds since the Unix epoch. */
  pending: z.array(span),
});
export type HistoryPlan = z.output<typeof historyPlanSchema>;

/** What is known at a start. */
export interface HistoryStart {
  readonly now: number;
  readonly days: number;
  /** Spans of time [from, to) without live services since the plan was made; the first start needs none. */
  readonly gaps: readonly (readonly [number, number])[];
}

/**
 * The plan for this run: all days at the first start; later what is left over and the gaps since.
 * Nothing older than the given days is written any more.
 */
export function planHistory(before: HistoryPlan | undefined, start: HistoryStart): HistoryPlan {
  const oldest = start.now - start.days * DAY;
  const wanted = before === undefined ? [[oldest, start.now] as const] : [...before.pending, ...start.gaps];
  const pending = wanted
    .map(([from, to]): [number, number] => [Math.max(from, oldest), to])
    .filter(([from, to]) => to > from)
    .sort(([a], [b]) => a - b);
  const totalMs = pending.reduce((sum, [from, to]) => sum + to - from, 0);
  return { anchor: before?.anchor ?? start.now, totalMs, pending };
}

/** Cuts the pending time into pieces of at most this length, newest first, so that short windows fill at once. */
export function* newestFirst(pending: HistoryPlan['pending'], pieceMs: number): Generator<[number, number]> {
  for (const [from, to] of [...pending].reverse()) {
    let end = to;
    while (end > from) {
      const begin = Math.max(from, Math.floor((end - 1) / pieceMs) * pieceMs);
      yield [begin, end];
      end = begin;
    }
  }
}

/** The plan after a piece has been written. */
export function withoutPiece(plan: HistoryPlan, piece: readonly [number, number]): HistoryPlan {
  const pending = plan.pending.flatMap(([from, to]): [number, number][] => {
    const left: [number, number] = [from, Math.min(to, piece[0])];
    const right: [number, number] = [Math.max(from, piece[1]), to];
    if (piece[1] <= from || piece[0] >= to) return [[from, to]];
    return [left, right].filter(([start, end]) => end > start);
  });
  return { ...plan, pending };
}

/** Share of the history that is written, 0 to 1. */
export function progressOf(plan: HistoryPlan): number {
  const left = plan.pending.reduce((sum, [from, to]) => sum + to - from, 0);
  return plan.totalMs === 0 ? 1 : Math.min(1, Math.max(0, 1 - left / plan.totalMs));
}
