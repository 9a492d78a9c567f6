import type { SqlEngine } from '../engine/sql-engine.ts';
import { cell } from '../engine/sql-engine.ts';
import type { LedgerKey } from './window-sums.ts';

/** The first minute of which the ledger knows anything, per objective number, in milliseconds. */
export async function firstMinutes(engine: SqlEngine, objectives: readonly LedgerKey[]): Promise<Map<number, number>> {
  const rows = await engine.query(
    `SELECT objective, version, toUnixTimestamp(min(first_minute)) FROM ledger_day
     WHERE objective IN {objectives:Array(UInt32)} GROUP BY objective, version`,
    { objective: cell.int, version: cell.int, first: cell.int },
    { objectives: objectives.map(({ id }) => id) },
  );
  const versions = new Map(objectives.map(({ id, version }) => [id, version]));
  return new Map(
    rows
      .filter((row) => versions.get(row.objective) === row.version)
      .map((row) => [row.objective, row.first * 1000] as const),
  );
}
