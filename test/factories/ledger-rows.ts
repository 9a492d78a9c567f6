import { cell, type SqlEngine } from '../../src/store/telemetry/engine/sql-engine.ts';

/** One minute of an objective, as the ledger holds it. */
export interface LedgerMinute {
  readonly version: number;
  /** Milliseconds. */
  readonly minuteMs: number;
  readonly good: number;
  readonly valid: number;
  readonly revision: bigint;
}

/** All minutes of an objective, the oldest first. */
export async function ledgerMinutes(engine: SqlEngine, objectiveId: number): Promise<LedgerMinute[]> {
  const rows = await engine.query(
    `SELECT version, toUnixTimestamp(slot), good, valid, revision FROM ledger_minute FINAL
     WHERE objective = {id:UInt32} ORDER BY version, slot`,
    { version: cell.int, slot: cell.int, good: cell.int, valid: cell.int, revision: cell.count },
    { id: objectiveId },
  );
  return rows.map(({ slot, ...row }) => ({ ...row, minuteMs: slot * 1000 }));
}

/** Good and valid over everything a tier of the ledger holds of an objective and version. */
export async function ledgerTotal(
  engine: SqlEngine,
  tier: 'minute' | 'hour' | 'day',
  objective: { readonly id: number; readonly version: number },
): Promise<{ readonly good: number; readonly valid: number }> {
  const [row] = await engine.query(
    `SELECT sum(good), sum(valid) FROM ledger_${tier} FINAL
     WHERE objective = {id:UInt32} AND version = {version:UInt32}`,
    { good: cell.int, valid: cell.int },
    { id: objective.id, version: objective.version },
  );
  return row ?? { good: -1, valid: -1 };
}
