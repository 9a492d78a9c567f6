import { type Selectable, sql } from 'kysely';
import { type ObjectiveDefinition, objectiveSchema } from '../../../contract/definitions/objective.ts';
import { VerdantError } from '../../../contract/errors.ts';
import type { CatalogHandle, CatalogSchema } from '../catalog-schema.ts';
import { isUniqueViolation } from '../translate-error.ts';
import { inChunks } from './in-chunks.ts';

/** An objective as it is stored. Times are milliseconds since the epoch. */
export interface StoredObjective {
  /** Never reused: the ledger knows the objective by it. */
  readonly id: number;
  readonly name: string;
  readonly definition: ObjectiveDefinition;
  /** Which of its indicators it counts by now; each change of the indicator makes a new one. */
  readonly indicatorVersion: number;
  readonly createdAt: number;
  readonly updatedAt: number;
}

export interface ObjectiveUpdate {
  readonly id: number;
  readonly definition: ObjectiveDefinition;
  readonly indicatorVersion: number;
}

type Row = Selectable<CatalogSchema['objective']>;

function readDefinition(row: Row): ObjectiveDefinition {
  const parsed = objectiveSchema.safeParse(row.definition);
  if (parsed.success) return parsed.data;
  throw new VerdantError('data-directory-corrupt', {
    message: `The stored definition of objective "${row.name}" cannot be read.`,
    details: parsed.error.issues.map((issue) => ({ path: issue.path.join('.'), message: issue.message })),
  });
}

const toObjective = (row: Row): StoredObjective => ({
  id: row.id,
  name: row.name,
  definition: readDefinition(row),
  indicatorVersion: row.indicator_version,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
});

/** Counts the writes. The row stays locked until the transaction ends, so that revisions commit in their order. */
async function nextRevision(db: CatalogHandle): Promise<number> {
  const row = await db
    .updateTable('objective_revision')
    .set((eb) => ({ revision: eb('revision', '+', 1) }))
    .returning('revision')
    .executeTakeFirstOrThrow();
  return row.revision;
}

/**
 * Stores new objectives, each with indicator version 1.
 * @returns them in the order given
 * @throws VerdantError `conflict` when a name is taken
 */
export async function insertObjectives(
  tx: CatalogHandle,
  definitions: readonly ObjectiveDefinition[],
  now: number,
): Promise<readonly StoredObjective[]> {
  if (definitions.length === 0) return [];
  const revision = await nextRevision(tx);
  const ids = new Map<string, number>();
  await inChunks(definitions, async (chunk) => {
    const rows = await tx
      .insertInto('objective')
      .values(
        chunk.map((definition) => ({
          name: definition.metadata.name,
          definition: JSON.stringify(definition),
          indicator_version: 1,
          revision,
          created_at: now,
          updated_at: now,
        })),
      )
      .returning(['id', 'name'])
      .execute()
      .catch(refuseTakenName);
    for (const row of rows) ids.set(row.name, row.id);
  });
  return definitions.map((definition) => {
    const { name } = definition.metadata;
    const id = ids.get(name);
    if (id === undefined) throw new Error(`no id for the stored objective ${name}`);
    return { id, name, definition, indicatorVersion: 1, createdAt: now, updatedAt: now };
  });
}

function refuseTakenName(error: unknown): never {
  if (!isUniqueViolation(error)) throw error;
  const detail = typeof error === 'object' && error !== null && 'detail' in error ? String(error.detail) : '';
  const name = /\(name\)=\(([^)]*)\)/.exec(detail)?.[1];
  throw new VerdantError('conflict', {
    message: `There is an objective with the name "${name ?? '?'}" already.`,
    cause: error,
  });
}

/** Changes objectives that exist; ids that do not are left out. The name follows the definition. */
export async function updateObjectives(
  tx: CatalogHandle,
  updates: readonly ObjectiveUpdate[],
  now: number,
): Promise<void> {
  if (updates.length === 0) return;
  const revision = await nextRevision(tx);
  await inChunks(updates, (chunk) =>
    sql`update verdant.objective as o
      set name = n.definition #>> '{metadata,name}', definition = n.definition,
        indicator_version = n."indicatorVersion", revision = ${revision}::bigint, updated_at = ${now}::bigint
      from jsonb_to_recordset(${JSON.stringify(chunk)}::jsonb)
        as n(id integer, definition jsonb, "indicatorVersion" integer)
      where o.id = n.id`
      .execute(tx)
      .catch(refuseTakenName),
  );
}

/** Lets new objectives have numbers above this one only; harmless when they have already. */
export async function reserveObjectiveIds(db: CatalogHandle, highest: number): Promise<void> {
  await sql`select setval(ids, ${highest}::bigint)
    from (select pg_get_serial_sequence('verdant.objective', 'id')::regclass as ids) as sequence
    where coalesce(pg_sequence_last_value(ids), 0) < ${highest}::bigint`.execute(db);
}

/** Deletes objectives with their indicator versions and backfills. */
export async function deleteObjectives(tx: CatalogHandle, ids: readonly number[]): Promise<void> {
  if (ids.length === 0) return;
  await nextRevision(tx);
  await inChunks(ids, (chunk) => tx.deleteFrom('objective').where('id', 'in', chunk).execute());
}

/** One objective by name, or undefined. */
export async function findObjective(db: CatalogHandle, name: string): Promise<StoredObjective | undefined> {
  const row = await db.selectFrom('objective').selectAll().where('name', '=', name).executeTakeFirst();
  return row === undefined ? undefined : toObjective(row);
}

/** All objectives by name. For a read that repeats, {@link ObjectiveSnapshot} is cheaper. */
export async function listObjectives(db: CatalogHandle): Promise<readonly StoredObjective[]> {
  const rows = await db.selectFrom('objective').selectAll().orderBy('name').execute();
  return rows.map(toObjective);
}

/** Grows with each write to the objectives; the same number means that nothing changed. */
export async function objectiveRevision(db: CatalogHandle): Promise<number> {
  const row = await db.selectFrom('objective_revision').select('revision').executeTakeFirstOrThrow();
  return row.revision;
}

/** Objectives written after a revision, and the ids of all there are. */
export async function objectivesSince(
  db: CatalogHandle,
  revision: number,
): Promise<{ readonly changed: readonly StoredObjective[]; readonly ids: ReadonlySet<number> }> {
  const rows = await db.selectFrom('objective').selectAll().where('revision', '>', revision).execute();
  const all = await db.selectFrom('objective').select('id').execute();
  return { changed: rows.map(toObjective), ids: new Set(all.map((row) => row.id)) };
}
