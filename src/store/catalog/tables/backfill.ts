import { type Selectable, sql } from 'kysely';
import { z } from 'zod';
import type { CatalogHandle, CatalogSchema } from '../catalog-schema.ts';
import { inChunks } from './in-chunks.ts';

const stateSchema = z.enum(['waiting', 'running', 'done']);
export type BackfillState = z.output<typeof stateSchema>;

/** Which version of which objective. */
export interface BackfillKey {
  readonly objectiveId: number;
  readonly version: number;
}

/** History of an objective to be counted anew, from the newest minute to the oldest. Milliseconds since the epoch. */
export interface Backfill extends BackfillKey {
  readonly fromMs: number;
  /** Exclusive. */
  readonly toMs: number;
  /** All from here to `toMs` is counted; starts at `toMs` and ends at `fromMs`. */
  readonly doneDownToMs: number;
  readonly state: BackfillState;
}

const toBackfill = (row: Selectable<CatalogSchema['backfill']>): Backfill => ({
  objectiveId: row.objective_id,
  version: row.version,
  fromMs: row.from_ms,
  toMs: row.to_ms,
  doneDownToMs: row.done_down_to_ms,
  state: stateSchema.parse(row.state),
});

/** Puts backfills at the end of the queue. One that was enqueued before starts anew with the new span of time. */
export async function enqueueBackfills(
  tx: CatalogHandle,
  backfills: readonly (BackfillKey & { readonly fromMs: number; readonly toMs: number })[],
  now: number,
): Promise<void> {
  await inChunks(backfills, (chunk) =>
    tx
      .insertInto('backfill')
      .values(
        chunk.map(({ objectiveId, version, fromMs, toMs }) => ({
          objective_id: objectiveId,
          version,
          from_ms: fromMs,
          to_ms: toMs,
          done_down_to_ms: toMs,
          state: fromMs === toMs ? 'done' : 'waiting',
          created_at: now,
        })),
      )
      .onConflict((conflict) =>
        conflict.columns(['objective_id', 'version']).doUpdateSet((eb) => ({
          from_ms: eb.ref('excluded.from_ms'),
          to_ms: eb.ref('excluded.to_ms'),
          done_down_to_ms: eb.ref('excluded.done_down_to_ms'),
          state: eb.ref('excluded.state'),
          created_at: eb.ref('excluded.created_at'),
        })),
      )
      .execute(),
  );
}

/** Says from when to when the waiting backfills of objectives really go. */
export async function settleBackfills(
  db: CatalogHandle,
  objectiveIds: readonly number[],
  { fromMs, toMs }: { readonly fromMs: number; readonly toMs: number },
): Promise<void> {
  await inChunks(objectiveIds, (chunk) =>
    db
      .updateTable('backfill')
      .set({ from_ms: fromMs, to_ms: toMs, done_down_to_ms: toMs })
      .where('objective_id', 'in', chunk)
      .where('state', '=', 'waiting')
      .execute(),
  );
}

/** The backfills to work on next: those that run already, then those that wait longest. */
export async function nextBackfills(db: CatalogHandle, limit: number): Promise<readonly Backfill[]> {
  const rows = await db
    .selectFrom('backfill')
    .selectAll()
    .where('state', '<>', 'done')
    .orderBy(sql`state = 'running'`, 'desc')
    .orderBy('created_at')
    .orderBy('objective_id')
    .limit(limit)
    .execute();
  return rows.map(toBackfill);
}

/**
 * Says how far a backfill came; at `fromMs` it is done. Progress never goes back, so that a report that comes late or
 * twice changes nothing.
 * @returns what it is now, or undefined when it was deleted meanwhile
 */
export async function recordBackfillProgress(
  db: CatalogHandle,
  key: BackfillKey,
  doneDownToMs: number,
): Promise<Backfill | undefined> {
  const reached = sql<number>`greatest(from_ms, least(done_down_to_ms, ${doneDownToMs}::bigint))`;
  const row = await db
    .updateTable('backfill')
    .set({
      done_down_to_ms: reached,
      state: sql<string>`case when ${reached} = from_ms then 'done' else 'running' end`,
    })
    .where('objective_id', '=', key.objectiveId)
    .where('version', '=', key.version)
    .returningAll()
    .executeTakeFirst();
  return row === undefined ? undefined : toBackfill(row);
}

/** Backfills of an objective, the newest version first. */
export async function backfillsOf(db: CatalogHandle, objectiveId: number): Promise<readonly Backfill[]> {
  const rows = await db
    .selectFrom('backfill')
    .selectAll()
    .where('objective_id', '=', objectiveId)
    .orderBy('version', 'desc')
    .execute();
  return rows.map(toBackfill);
}

/** All backfills that are not done. */
export async function openBackfills(db: CatalogHandle): Promise<readonly Backfill[]> {
  const rows = await db.selectFrom('backfill').selectAll().where('state', '<>', 'done').execute();
  return rows.map(toBackfill);
}

/** Forgets the backfills of an objective, such as when its indicator changes again. */
export async function deleteBackfills(db: CatalogHandle, objectiveId: number): Promise<void> {
  await db.deleteFrom('backfill').where('objective_id', '=', objectiveId).execute();
}
