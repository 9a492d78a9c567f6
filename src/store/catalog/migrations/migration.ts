/** One numbered step of the catalog. What was applied once never changes; a new step follows. */
export interface Migration {
  readonly id: number;
  readonly name: string;
  /** PostgreSQL, each run by itself in the one transaction of the step; tables stand in the schema `verdant`. */
  readonly statements: readonly string[];
}
