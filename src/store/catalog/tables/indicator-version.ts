import type { Selectable } from 'kysely';
import { type IndicatorDefinition, indicatorSchema } from '../../../contract/definitions/objective.ts';
import { VerdantError } from '../../../contract/errors.ts';
import type { CatalogHandle, CatalogSchema } from '../catalog-schema.ts';
import { inChunks } from './in-chunks.ts';

/** What an objective counted by, kept after it changed: the ledger names the version of each minute. */
export interface IndicatorVersion {
  readonly objectiveId: number;
  readonly version: number;
  readonly indicator: IndicatorDefinition;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
}

function toVersion(row: Selectable<CatalogSchema['indicator_version']>): IndicatorVersion {
  const parsed = indicatorSchema.safeParse(row.indicator);
  if (!parsed.success) {
    throw new VerdantError('data-directory-corrupt', {
      message: `Indicator version ${row.version} of objective ${row.objective_id} cannot be read.`,
      cause: parsed.error,
    });
  }
  return { objectiveId: row.objective_id, version: row.version, indicator: parsed.data, createdAt: row.created_at };
}

/** Stores new versions. */
export async function insertIndicatorVersions(
  tx: CatalogHandle,
  versions: readonly Omit<IndicatorVersion, 'createdAt'>[],
  now: number,
): Promise<void> {
  await inChunks(versions, (chunk) =>
    tx
      .insertInto('indicator_version')
      .values(
        chunk.map(({ objectiveId, version, indicator }) => ({
          objective_id: objectiveId,
          version,
          indicator: JSON.stringify(indicator),
          created_at: now,
        })),
      )
      .execute(),
  );
}

/** All versions of an objective, the first one first. */
export async function indicatorVersionsOf(
  db: CatalogHandle,
  objectiveId: number,
): Promise<readonly IndicatorVersion[]> {
  const rows = await db
    .selectFrom('indicator_version')
    .selectAll()
    .where('objective_id', '=', objectiveId)
    .orderBy('version')
    .execute();
  return rows.map(toVersion);
}
