import type { PGlite } from '@electric-sql/pglite';
import { VerdantError } from '../../../contract/errors.ts';
import type { CatalogClient, CatalogPool } from '../guarded-pool.ts';

const RETRY_AFTER_SECONDS = 5;

/**
 * The one connection of PGlite as a pool of one: whoever connects next waits until it is released, so that statements
 * of two transactions never mix.
 *
 * After a panic (a disk that fails, or is full at the wrong moment) PGlite must not be asked again: it would spin for
 * ever and the process with it. It is dropped, and the next connection starts another one on the same files, which
 * recovers from the write-ahead log.
 */
export class PglitePool implements CatalogPool {
  readonly #start: () => Promise<PGlite>;
  #pglite: PGlite | undefined;
  #last: Promise<void> = Promise.resolve();
  #ending: Promise<void> | undefined;

  private constructor(start: () => Promise<PGlite>, pglite: PGlite) {
    this.#start = start;
    this.#pglite = pglite;
  }

  /** @throws what the first `start` throws; a later one that fails is `store-unavailable` */
  static async open(start: () => Promise<PGlite>): Promise<PglitePool> {
    return new PglitePool(start, await start());
  }

  async connect(): Promise<CatalogClient> {
    const release = await this.#takeTurn();
    try {
      const pglite = await this.#running();
      return { query: (text, values) => this.#query(pglite, text, values), release };
    } catch (error) {
      release();
      throw error;
    }
  }

  /** Waits for those that came before. */
  end(): Promise<void> {
    this.#ending ??= this.#last.then(() => this.#pglite?.close());
    return this.#ending;
  }

  async #takeTurn(): Promise<() => void> {
    const before = this.#last;
    let release: () => void = () => undefined;
    this.#last = new Promise((resolve) => {
      release = resolve;
    });
    await before;
    return release;
  }

  async #running(): Promise<PGlite> {
    try {
      this.#pglite ??= await this.#start();
      return this.#pglite;
    } catch (error) {
      throw unavailable(error);
    }
  }

  async #query<R>(pglite: PGlite, text: string, values: unknown[]) {
    if (pglite !== this.#pglite) throw unavailable(new Error('PGlite panicked in this transaction'));
    try {
      const result = await pglite.query<R>(text, values);
      return { command: result.command ?? '', rowCount: result.rowCount ?? 0, rows: result.rows };
    } catch (error) {
      if (!isPanic(error)) throw error;
      this.#pglite = undefined;
      throw unavailable(error);
    }
  }
}

function isPanic(error: unknown): boolean {
  // What WebAssembly throws when the engine aborted.
  if (error instanceof Error && error.name === 'RuntimeError') return true;
  if (typeof error !== 'object' || error === null || !('severity' in error)) return false;
  return error.severity === 'PANIC' || error.severity === 'FATAL';
}

const unavailable = (cause: unknown): VerdantError =>
  new VerdantError('store-unavailable', {
    message: 'The embedded catalog had to stop and starts again by itself.',
    retryAfter: RETRY_AFTER_SECONDS,
    cause,
  });
