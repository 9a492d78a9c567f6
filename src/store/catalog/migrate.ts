import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { VerdantError } from '../../contract/errors.ts';
import type { Clock } from '../../lib/clock.ts';
import type { CatalogLogger } from './catalog-db.ts';
import type { CatalogHandle } from './catalog-schema.ts';
import { firstTables } from './migrations/0001-first-tables.ts';
import type { Migration } from './migrations/migration.ts';

export const catalogMigrations: readonly Migration[] = [firstTables];

interface AppliedMigration {
  readonly id: number;
  readonly name: string;
  readonly checksum: string;
}

const checksumOf = (migration: Migration): string =>
  createHash('sha256')
    .update(JSON.stringify([migration.name, migration.statements]))
    .digest('hex');

/**
 * Brings the catalog to the newest shape: each step in one transaction with its own record, all under one lock, so that
 * processes that start together do it once.
 * @returns ids of the steps that were applied now
 * @throws VerdantError `migration-changed` when an applied step reads differently now, `data-directory-foreign` when a
 * newer Verdant wrote the catalog or the schema belongs to another program
 */
export function migrateCatalog(
  db: CatalogHandle,
  { clock, logger }: { clock: Clock; logger?: CatalogLogger | undefined },
  migrations: readonly Migration[] = catalogMigrations,
): Promise<readonly number[]> {
  return db.connection().execute(async (connection) => {
    await sql`select pg_advisory_lock(hashtextextended('verdant:migrate', 0))`.execute(connection);
    try {
      const applied = await readApplied(connection);
      refuseUnknown(applied, migrations);
      const missing = migrations.filter((migration) => !applied.some((row) => row.id === migration.id));
      for (const migration of missing) {
        await apply(connection, migration, clock);
        logger?.info({ migration: migration.id, name: migration.name }, 'catalog migrated');
      }
      return missing.map((migration) => migration.id);
    } finally {
      await sql`select pg_advisory_unlock(hashtextextended('verdant:migrate', 0))`.execute(connection);
    }
  });
}

async function readApplied(db: CatalogHandle): Promise<readonly AppliedMigration[]> {
  const tables = await sql<{ name: string }>`
    select table_name as name from information_schema.tables where table_schema = 'verdant'`.execute(db);
  if (tables.rows.length === 0) {
    await createRecord(db);
    return [];
  }
  if (!tables.rows.some((table) => table.name === 'migration')) {
    throw new VerdantError('data-directory-foreign', {
      message: 'The schema "verdant" of this database holds tables of another program.',
    });
  }
  return db.selectFrom('migration').select(['id', 'name', 'checksum']).orderBy('id').execute();
}

async function createRecord(db: CatalogHandle): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await sql`create schema if not exists verdant`.execute(tx);
    await sql`create table verdant.migration (
      id integer primary key, name text not null, checksum text not null, applied_at bigint not null)`.execute(tx);
  });
}

async function apply(db: CatalogHandle, migration: Migration, clock: Clock): Promise<void> {
  await db.transaction().execute(async (tx) => {
    for (const statement of migration.statements) await sql.raw(statement).execute(tx);
    await tx
      .insertInto('migration')
      .values({
        id: migration.id,
        name: migration.name,
        checksum: checksumOf(migration),
        applied_at: clock.now(),
      })
      .execute();
  });
}

function refuseUnknown(applied: readonly AppliedMigration[], migrations: readonly Migration[]): void {
  for (const row of applied) {
    const known = migrations.find((migration) => migration.id === row.id);
    if (known === undefined) {
      throw new VerdantError('data-directory-foreign', {
        message: 'The catalog was written by a newer Verdant.',
        details: [{ message: `It holds step ${row.id} (${row.name}), which this Verdant does not know.` }],
      });
    }
    if (checksumOf(known) !== row.checksum) {
      throw new VerdantError('migration-changed', {
        details: [{ message: `Step ${known.id} (${known.name}) of the catalog.` }],
      });
    }
  }
}
