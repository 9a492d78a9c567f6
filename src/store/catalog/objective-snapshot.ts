import type { CatalogDb } from './catalog-db.ts';
import { objectiveRevision, objectivesSince, type StoredObjective } from './tables/objective.ts';

/**
 * All objectives, read again and again at the price of what changed: one row when nothing did. For evaluation and lists,
 * which ask every few seconds and must not parse thousands of documents each time.
 */
export class ObjectiveSnapshot {
  readonly #catalog: CatalogDb;
  #revision = -1;
  #byId = new Map<number, StoredObjective>();
  #sorted: readonly StoredObjective[] = [];
  #reading: Promise<readonly StoredObjective[]> | undefined;

  constructor(catalog: CatalogDb) {
    this.#catalog = catalog;
  }

  /** @returns all objectives by name; the same array as long as nothing changed */
  read(): Promise<readonly StoredObjective[]> {
    this.#reading ??= this.#refresh().finally(() => {
      this.#reading = undefined;
    });
    return this.#reading;
  }

  async #refresh(): Promise<readonly StoredObjective[]> {
    // The revision first: what is written meanwhile has a higher one and is met again next time.
    const revision = await objectiveRevision(this.#catalog.db);
    if (revision === this.#revision) return this.#sorted;
    const { changed, ids } = await objectivesSince(this.#catalog.db, this.#revision);
    const kept = [...this.#byId].filter(([id]) => ids.has(id));
    const byId = new Map([...kept, ...changed.map((objective) => [objective.id, objective] as const)]);
    this.#byId = byId;
    this.#sorted = [...byId.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
    this.#revision = revision;
    return this.#sorted;
  }
}
