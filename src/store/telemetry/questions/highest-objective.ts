import type { SqlEngine } from '../engine/sql-engine.ts';
import { cell } from '../engine/sql-engine.ts';

/** The highest number of an objective that the ledger holds anything of; 0 when it is empty. */
export async function highestObjective(engine: SqlEngine): Promise<number> {
  const [row] = await engine.query('SELECT max(objective) FROM ledger_day', { highest: cell.int });
  return row?.highest ?? 0;
}
