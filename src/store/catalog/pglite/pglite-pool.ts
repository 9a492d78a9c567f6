import type { PGlite } from '@electric-sql/pglite';
import type { CatalogClient, CatalogPool } from '../guarded-pool.ts';

/**
 * The one connection of PGlite as a pool of one: whoever connects next waits until it is released, so that statements
 * of two transactions never mix.
 */
export class PglitePool implements CatalogPool {
  readonly #pglite: PGlite;
  #last: Promise<void> = Promise.resolve();
  #ending: Promise<void> | undefined;

  constructor(pglite: PGlite) {
    this.#pglite = pglite;
  }

  async connect(): Promise<CatalogClient> {
    const before = this.#last;
    let release: () => void = () => undefined;
    this.#last = new Promise((resolve) => {
      release = resolve;
    });
    await before;
    return {
      query: async <R>(text: string, values: unknown[]) => {
        const result = await this.#pglite.query<R>(text, values);
        return { command: result.command ?? '', rowCount: result.rowCount ?? 0, rows: result.rows };
      },
      release,
    };
  }

  /** Waits for those that came before. */
  end(): Promise<void> {
    this.#ending ??= this.#last.then(() => this.#pglite.close());
    return this.#ending;
  }
}
