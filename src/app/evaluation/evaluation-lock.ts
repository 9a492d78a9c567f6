import type { ExclusiveLock } from '../../store/catalog/catalog-db.ts';
import type { VerdantContext } from '../verdant-context.ts';
import { resumeEvaluation } from './evaluate-fresh.ts';

const NAME = 'evaluation';

/** Of the processes that share a catalog one evaluates; the others follow its cursor, and take over when it is gone. */
export class EvaluationLock {
  readonly #ctx: VerdantContext;
  #lock: ExclusiveLock | undefined;

  constructor(ctx: VerdantContext) {
    this.#ctx = ctx;
  }

  /** Whether this process is the one; reads where evaluation stands when it just became it, or is not. */
  async isHeld(): Promise<boolean> {
    if (this.#lock !== undefined && !this.#lock.lost.aborted) return true;
    this.#lock = await this.#ctx.catalog.tryLock(NAME);
    await resumeEvaluation(this.#ctx);
    return this.#lock !== undefined;
  }

  async release(): Promise<void> {
    await this.#lock?.release();
    this.#lock = undefined;
  }
}
