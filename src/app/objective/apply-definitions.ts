import type { Change, DefinitionFiles } from '../../contract/api/definitions.ts';
import type { ObjectiveDefinition } from '../../contract/definitions/objective.ts';
import { planChanges } from '../../core/definitions/plan-changes.ts';
import type { CatalogHandle } from '../../store/catalog/catalog-schema.ts';
import { inTransaction, takeTransactionLock } from '../../store/catalog/in-transaction.ts';
import { deleteBackfills, enqueueBackfills } from '../../store/catalog/tables/backfill.ts';
import { insertIndicatorVersions } from '../../store/catalog/tables/indicator-version.ts';
import {
  deleteObjectives,
  insertObjectives,
  listObjectives,
  type StoredObjective,
  updateObjectives,
} from '../../store/catalog/tables/objective.ts';
import { audit } from '../access/audit.ts';
import { requireScope } from '../access/require-scope.ts';
import type { ActingContext } from '../verdant-context.ts';
import { readDefinitions } from './plan-definitions.ts';

/** An objective whose history must be computed, and the number of its indicator. */
type Fresh = Pick<StoredObjective, 'id' | 'definition' | 'indicatorVersion'>;

/**
 * Makes the objectives be what the files say, all of them or none. New objectives and new indicators are back-filled
 * from stored telemetry right after.
 * @throws VerdantError `definitions-invalid`, `conflict`, or `forbidden` without `objectives:write`
 */
export async function applyDefinitions(ctx: ActingContext, input: DefinitionFiles): Promise<Change[]> {
  requireScope(ctx.actor, 'objectives:write');
  return applyObjectives(ctx, await readDefinitions(input), input.prune);
}

/** Applies definitions that are read already. */
export async function applyObjectives(
  ctx: ActingContext,
  wanted: readonly ObjectiveDefinition[],
  prune: boolean,
): Promise<Change[]> {
  return inTransaction(ctx.catalog, async (tx) => {
    await takeTransactionLock(tx, 'definitions');
    const current = await listObjectives(tx);
    const definitions = current.map(({ definition }) => definition);
    const changes = planChanges(definitions, wanted, { prune });
    const fresh = await write(tx, ctx, { current, wanted, changes });
    await enqueueHistory(tx, ctx, fresh);
    for (const change of changes) {
      if (change.action === 'unchanged') continue;
      await audit(tx, ctx, {
        verb: `${change.action}Objective`,
        subject: `objective/${change.name}`,
        detail: { fields: change.fields },
      });
    }
    return changes;
  });
}

interface Writing {
  readonly current: readonly StoredObjective[];
  readonly wanted: readonly ObjectiveDefinition[];
  readonly changes: readonly Change[];
}

/** Writes the objectives; answers those that need a history. */
async function write(tx: CatalogHandle, ctx: ActingContext, { current, wanted, changes }: Writing): Promise<Fresh[]> {
  const now = ctx.clock.now();
  const byName = new Map(current.map((objective) => [objective.name, objective]));
  const definitionOf = new Map(wanted.map((definition) => [definition.metadata.name, definition]));
  const created: ObjectiveDefinition[] = [];
  const updated: (Fresh & { readonly isNewVersion: boolean })[] = [];
  const deleted: number[] = [];
  for (const { name, action, newIndicatorVersion } of changes) {
    const stored = byName.get(name);
    const definition = definitionOf.get(name);
    if (action === 'create' && definition !== undefined) created.push(definition);
    if (action === 'delete' && stored !== undefined) deleted.push(stored.id);
    if (action === 'update' && stored !== undefined && definition !== undefined) {
      const indicatorVersion = stored.indicatorVersion + (newIndicatorVersion ? 1 : 0);
      updated.push({ id: stored.id, definition, indicatorVersion, isNewVersion: newIndicatorVersion });
    }
  }
  await deleteObjectives(tx, deleted);
  await updateObjectives(tx, updated, now);
  const inserted = await insertObjectives(tx, created, now);
  const fresh: Fresh[] = [...inserted, ...updated.filter(({ isNewVersion }) => isNewVersion)];
  await insertIndicatorVersions(
    tx,
    fresh.map(({ id, indicatorVersion, definition }) => ({
      objectiveId: id,
      version: indicatorVersion,
      indicator: definition.spec.indicator,
    })),
    now,
  );
  return fresh;
}

/** The longest that a history can be; which hours it has is settled when its turn comes. */
async function enqueueHistory(tx: CatalogHandle, ctx: ActingContext, fresh: readonly Fresh[]): Promise<void> {
  const now = ctx.clock.now();
  const backfills = fresh.map(({ id, indicatorVersion }) => ({
    objectiveId: id,
    version: indicatorVersion,
    fromMs: now - ctx.config.spanRetention,
    toMs: now,
  }));
  for (const { objectiveId, version } of backfills) if (version > 1) await deleteBackfills(tx, objectiveId);
  await enqueueBackfills(tx, backfills, now);
}
