import type { TableDefinition } from './layout.ts';

/** One numbered step of the telemetry store. What was applied once never changes; a new step follows. */
export interface Migration {
  readonly id: number;
  readonly name: string;
  readonly tables: readonly TableDefinition[];
}
