/** Where evaluation stands; kept in the catalog so that a restart goes on without gap or double count. */
export interface EvaluationCursor {
  /** Microseconds: everything ingested up to here is counted. */
  readonly ingestedUntil: bigint;
  /** The highest revision that was given to a slice. */
  readonly revision: bigint;
}

/** What evaluation last did, for pages and metrics. Written by evaluation only. */
export class EvaluationState {
  cursor: EvaluationCursor = { ingestedUntil: 0n, revision: 0n };
  runs = 0;
  failures = 0;
  slicesWritten = 0;
  lastRunMs = 0;

  /** Milliseconds: telemetry acknowledged before this instant is in the numbers. */
  get watermarkMs(): number {
    return Number(this.cursor.ingestedUntil / 1000n);
  }
}
