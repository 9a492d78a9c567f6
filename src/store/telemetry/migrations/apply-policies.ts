import type { SqlEngine } from '../engine/sql-engine.ts';
import type { Layout } from './layout.ts';
import { storageTable } from './layout.ts';

export interface StorePolicies {
  readonly durability: 'process' | 'disk';
  /** Milliseconds. */
  readonly spanRetentionMs: number;
  readonly ledgerRetentionMs: number;
}

const LEDGER_TABLES = ['ledger_minute', 'ledger_hour', 'ledger_day'];

/** Sets on every start what the configuration decides about tables: how long rows stay and whether writes reach the disk. */
export async function applyPolicies(engine: SqlEngine, layout: Layout, policies: StorePolicies): Promise<void> {
  const sync = policies.durability === 'disk' ? 1 : 0;
  const tables = [
    { name: 'spans', time: 'toDateTime(time)', keepMs: policies.spanRetentionMs },
    ...LEDGER_TABLES.map((name) => ({ name, time: 'slot', keepMs: policies.ledgerRetentionMs })),
  ];
  for (const { name, time, keepMs } of tables) {
    const target = storageTable(name, layout);
    const seconds = Math.ceil(keepMs / 1000);
    await engine.command(
      `ALTER TABLE ${target} MODIFY SETTING fsync_after_insert = ${sync}, fsync_part_directory = ${sync}, old_parts_lifetime = 60`,
    );
    await engine.command(
      `ALTER TABLE ${target} MODIFY TTL ${time} + toIntervalSecond(${seconds}) SETTINGS materialize_ttl_after_modify = 0`,
    );
  }
}
