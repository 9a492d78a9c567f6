import { createHash } from 'node:crypto';
import { VerdantError } from '../../../contract/errors.ts';
import type { SqlEngine } from '../engine/sql-engine.ts';
import { cell } from '../engine/sql-engine.ts';
import { spans } from './0001-spans.ts';
import { ledger } from './0002-ledger.ts';
import type { Layout } from './layout.ts';
import { createTable } from './layout.ts';
import type { Migration } from './migration.ts';

export const telemetryMigrations: readonly Migration[] = [spans, ledger];

const checksum = (migration: Migration): string =>
  createHash('sha256').update(JSON.stringify(migration)).digest('hex').slice(0, 32);

/**
 * Brings the telemetry store to the newest shape. Statements say IF NOT EXISTS, so that a step cut short by a crash is
 * simply done again.
 * @throws VerdantError `migration-changed` when an applied step reads differently now, `data-directory-foreign` when
 * the data was written by a newer Verdant
 */
export async function migrateTelemetry(
  engine: SqlEngine,
  layout: Layout,
  migrations: readonly Migration[] = telemetryMigrations,
): Promise<void> {
  const on = layout.cluster === undefined ? '' : `ON CLUSTER '${layout.cluster}'`;
  await engine.command(
    `CREATE TABLE IF NOT EXISTS schema_migration ${on} (id UInt32, name String, checksum String, applied_at DateTime DEFAULT now())
     ENGINE = ${layout.cluster === undefined ? 'MergeTree' : "ReplicatedMergeTree('/clickhouse/tables/{database}/schema_migration', '{shard}-{replica}')"}
     ORDER BY id`,
  );
  const applied = await engine.query('SELECT id, checksum FROM schema_migration ORDER BY id', {
    id: cell.int,
    checksum: cell.text,
  });
  refuseForeign(applied, migrations);
  for (const migration of migrations) {
    if (applied.some((row) => row.id === migration.id)) continue;
    for (const table of migration.tables) {
      for (const statement of createTable(table, layout)) await engine.command(statement);
    }
    await engine.command(
      'INSERT INTO schema_migration (id, name, checksum) SELECT {id:UInt32}, {name:String}, {checksum:String}',
      { id: migration.id, name: migration.name, checksum: checksum(migration) },
    );
  }
}

function refuseForeign(
  applied: readonly { readonly id: number; readonly checksum: string }[],
  migrations: readonly Migration[],
): void {
  for (const row of applied) {
    const known = migrations.find((migration) => migration.id === row.id);
    if (known === undefined) {
      throw new VerdantError('data-directory-foreign', {
        details: [{ message: `The telemetry store holds step ${row.id}, which this Verdant does not know.` }],
      });
    }
    if (checksum(known) !== row.checksum) {
      throw new VerdantError('migration-changed', {
        details: [{ message: `Step ${known.id} (${known.name}) of the telemetry store.` }],
      });
    }
  }
}
