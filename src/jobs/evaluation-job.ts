import { backFillStep } from '../app/evaluation/back-fill.ts';
import { evaluateFresh } from '../app/evaluation/evaluate-fresh.ts';
import { EvaluationLock } from '../app/evaluation/evaluation-lock.ts';
import type { VerdantContext } from '../app/verdant-context.ts';

/** What a job tells the log. A pino logger fits. */
export interface JobLogger {
  error(details: object, message: string): void;
}

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
    const { evaluation, clock, live } = this.#ctx;
    const started = clock.now();
    try {
      if (!(await this.#lock.isHeld())) return;
      const changed = new Set(await evaluateFresh(this.#ctx));
      evaluation.runs += 1;
      evaluation.lastRunMs = clock.now() - started;
      await this.#backFill(changed);
      live.publish({ watermark: new Date(evaluation.watermarkMs).toISOString(), changed: [...changed] });
    } catch (error) {
      evaluation.failures += 1;
      if (!this.#stopped) this.#log.error({ err: error }, 'evaluation failed; it goes on from the same place');
    }
  }

  async #backFill(changed: Set<string>): Promise<void> {
    const { clock } = this.#ctx;
    const until = clock.now() + BACKFILL_SHARE_MS;
    while (!this.#stopped && clock.now() < until) {
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
        const took = this.#ctx.clock.now() - started;
        this.#schedule(Math.max(50, this.#ctx.config.evaluationInterval - took));
      });
    }, delayMs);
  }
}
