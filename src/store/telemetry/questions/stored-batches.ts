import type { SqlEngine } from '../engine/sql-engine.ts';
import { cell } from '../engine/sql-engine.ts';

/** Keys of the payloads ingested since a time, and the newest ingest time there is (microseconds). */
export async function recentBatchKeys(
  engine: SqlEngine,
  sinceMs: number,
): Promise<{ keys: bigint[]; lastIngestedAt: bigint }> {
  const [newest] = await engine.query('SELECT toUnixTimestamp64Micro(max(ingested_at)) FROM spans', {
    lastIngestedAt: cell.count,
  });
  const rows = await engine.query(
    'SELECT DISTINCT batch FROM spans WHERE ingested_at >= fromUnixTimestamp64Milli({since:Int64})',
    { key: cell.count },
    { since: sinceMs },
  );
  return { keys: rows.map((row) => row.key), lastIngestedAt: newest?.lastIngestedAt ?? 0n };
}

/** Ids, in hex, of the spans that the store holds of one payload, ingested since a time. */
export async function storedSpanIds(engine: SqlEngine, key: bigint, sinceMs: number): Promise<ReadonlySet<string>> {
  const rows = await engine.query(
    `SELECT lower(hex(span_id)) FROM spans
     WHERE batch = {key:UInt64} AND ingested_at >= fromUnixTimestamp64Milli({since:Int64})`,
    { id: cell.text },
    { key: String(key), since: sinceMs },
  );
  return new Set(rows.map((row) => row.id));
}
