import { toObjective } from '../../core/definitions/to-objective.ts';
import { planOf } from '../../core/sli/plan-of.ts';
import type { RequestPlan } from '../../core/sli/request-plan.ts';
import type { Objective } from '../../core/slo/objective.ts';
import type { CatalogDb } from '../../store/catalog/catalog-db.ts';
import { ObjectiveSnapshot } from '../../store/catalog/objective-snapshot.ts';
import type { StoredObjective } from '../../store/catalog/tables/objective.ts';

/** An objective with all that is derived from its document, derived once. */
export interface KnownObjective {
  readonly id: number;
  /** Version of the indicator. */
  readonly version: number;
  readonly stored: StoredObjective;
  readonly objective: Objective;
  readonly plan: RequestPlan;
}

/** All objectives, ready to be counted and shown; reading again costs only what changed. */
export class ObjectiveBook {
  readonly #snapshot: ObjectiveSnapshot;
  readonly #derived = new WeakMap<StoredObjective, KnownObjective>();
  #stored: readonly StoredObjective[] = [];
  #known: readonly KnownObjective[] = [];

  constructor(catalog: CatalogDb) {
    this.#snapshot = new ObjectiveSnapshot(catalog);
  }

  /** All objectives by name; the same array as long as nothing changed. */
  async all(): Promise<readonly KnownObjective[]> {
    const stored = await this.#snapshot.read();
    if (stored !== this.#stored) {
      this.#stored = stored;
      this.#known = stored.map((objective) => this.#derive(objective));
    }
    return this.#known;
  }

  async find(name: string): Promise<KnownObjective | undefined> {
    return (await this.all()).find(({ stored }) => stored.name === name);
  }

  #derive(stored: StoredObjective): KnownObjective {
    const known = this.#derived.get(stored);
    if (known !== undefined) return known;
    const derived = {
      id: stored.id,
      version: stored.indicatorVersion,
      stored,
      objective: toObjective(stored.definition),
      plan: planOf(stored.definition.spec.indicator),
    };
    this.#derived.set(stored, derived);
    return derived;
  }
}
