import { backFillStep } from '../app/evaluation/back-fill.ts';
import { evaluateFresh } from '../app/evaluation/evaluate-fresh.ts';
import { EvaluationLock } from '../app/evaluation/evaluation-lock.ts';
import type { EvaluationCursor } from '../app/evaluation/evaluation-state.ts';
import type { VerdantContext } from '../app/verdant-context.ts';

/** What a job tells the log. A pino logger fits. */
export interface JobLogger {
  error(details: object, message: string): void;
}

/** Breath between two runs, when one takes as long as the interval. */
const SHORTEST_PAUSE_MS = 50;

/** After this much back-filling fresh telemetry gets its turn again. */
const BACKFILL_SHARE_MS = 1000;

/** Counts fresh telemetry at every interval and history in between, one after the other, until stopped. */
export class EvaluationJob {
  readonly #ctx: VerdantContext;
  readonly #log: JobLogger;
  readonly #lock: EvaluationLock;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> | undefined;
  #stopped = false;

  constructor(ctx: VerdantContext, log: JobLogger) {
    this.#ctx = ctx;
    this.#log = log;
    this.#lock = new EvaluationLock(ctx);
  }

  start(): void {
    this.#schedule(0);
  }

  /** Ends the job after the run that is under way. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#running;
  }

  /** Counts what came last and lets another process go on. */
  async finish(): Promise<void> {
    await this.runOnce();
    await this.#lock.release();
  }

  /** One run: fresh telemetry, then a share of history. */
  async runOnce(): Promise<void> {
    const { evaluation, clock } = this.#ctx;
    const started = clock.now();
    const before = evaluation.cursor;
    try {
      if (!(await this.#lock.isHeld())) return await this.#tellOfOthers(before);
      const changed = new Set(await evaluateFresh(this.#ctx));
      evaluation.runs += 1;
      evaluation.lastRunMs = clock.now() - started;
      // What is fresh is told also when a history cannot be computed.
      await this.#backFill(changed).finally(() => this.#tell(changed));
    } catch (error) {
      evaluation.failures += 1;
      if (!this.#stopped) this.#log.error({ err: error }, 'evaluation failed; it goes on from the same place');
    }
  }

  /** Another process evaluates: which objectives it wrote is not known, only whether it wrote any. */
  async #tellOfOthers(before: EvaluationCursor): Promise<void> {
    const { cursor } = this.#ctx.evaluation;
    if (cursor.ingestedUntil === before.ingestedUntil) return;
    const all = cursor.revision === before.revision ? [] : await this.#ctx.objectives.all();
    this.#tell(all.map(({ stored }) => stored.name));
  }

  #tell(changed: Iterable<string>): void {
    const { evaluation, live } = this.#ctx;
    live.publish({ watermark: new Date(evaluation.watermarkMs).toISOString(), changed: [...changed] });
  }

  async #backFill(changed: Set<string>): Promise<void> {
    const { clock } = this.#ctx;
    const started = clock.now();
    // The clock may be set back meanwhile: that ends the share, too.
    const inShare = (spent: number): boolean => spent >= 0 && spent < BACKFILL_SHARE_MS;
    while (!this.#stopped && inShare(clock.now() - started)) {
      const names = await backFillStep(this.#ctx);
      if (names.length === 0) return;
      for (const name of names) changed.add(name);
    }
  }

  #schedule(delayMs: number): void {
    if (this.#stopped) return;
    this.#timer = setTimeout(() => {
      const started = this.#ctx.clock.now();
      this.#running = this.runOnce().then(() => {
        const took = Math.max(0, this.#ctx.clock.now() - started);
        this.#schedule(Math.max(SHORTEST_PAUSE_MS, this.#ctx.config.evaluationInterval - took));
      });
    }, delayMs);
  }
}
