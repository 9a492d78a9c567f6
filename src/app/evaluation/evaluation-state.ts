import type { Clock } from '../../lib/clock.ts';

/** Where evaluation stands; kept in the catalog so that a restart goes on without gap or double count. */
export interface EvaluationCursor {
  /** Microseconds: everything ingested up to here is counted. */
  readonly ingestedUntil: bigint;
  /** The highest revision that was given to a slice. */
  readonly revision: bigint;
  /**
   * Milliseconds: of older minutes spans were dropped once. A longer retention does not bring them back, so the ledger
   * knows such minutes better than what is stored of them.
   */
  readonly keptSinceMs: number;
}

/** What evaluation last did, for pages and metrics. Written by evaluation only. */
export class EvaluationState {
  readonly #clock: Clock;
  cursor: EvaluationCursor = { ingestedUntil: 0n, revision: 0n, keptSinceMs: 0 };
  runs = 0;
  failures = 0;
  slicesWritten = 0;
  lastRunMs = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /**
   * Milliseconds: telemetry acknowledged before this instant is in the numbers. Never later than now: while the clock
   * was ahead the cursor moved into the future, and windows that end there would be empty.
   */
  get watermarkMs(): number {
    return Math.min(Number(this.cursor.ingestedUntil / 1000n), this.#clock.now());
  }
}
