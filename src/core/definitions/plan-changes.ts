import type { Change } from '../../contract/api/definitions.ts';
import type { ObjectiveDefinition } from '../../contract/definitions/objective.ts';
import { planIdentity } from '../sli/plan-identity.ts';
import { planOf } from '../sli/plan-of.ts';
import { fieldChanges } from './field-changes.ts';

/**
 * What applying definitions would change. Objectives that are not wanted are deleted with `prune`, else not named.
 * @returns one change per objective, by name
 */
export function planChanges(
  current: readonly ObjectiveDefinition[],
  wanted: readonly ObjectiveDefinition[],
  { prune }: { readonly prune: boolean },
): Change[] {
  const byName = new Map(current.map((definition) => [definition.metadata.name, definition]));
  const names = new Set(wanted.map(({ metadata }) => metadata.name));
  const gone = prune ? current.filter(({ metadata }) => !names.has(metadata.name)) : [];
  return [
    ...wanted.map((definition) => changeOf(byName.get(definition.metadata.name), definition)),
    ...gone.map(({ metadata }) => change(metadata.name, 'delete')),
  ].sort((a, b) => (a.name < b.name ? -1 : 1));
}

const change = (name: string, action: Change['action']): Change => ({
  name,
  action,
  newIndicatorVersion: action === 'create',
  fields: [],
});

function changeOf(before: ObjectiveDefinition | undefined, after: ObjectiveDefinition): Change {
  const { name } = after.metadata;
  if (before === undefined) return change(name, 'create');
  const fields = fieldChanges(before, after);
  if (fields.length === 0) return change(name, 'unchanged');
  return { name, action: 'update', newIndicatorVersion: isNewIndicator(before, after), fields };
}

/** By what the indicators mean, not by how they are written. */
function isNewIndicator(before: ObjectiveDefinition, after: ObjectiveDefinition): boolean {
  return planIdentity(planOf(before.spec.indicator)) !== planIdentity(planOf(after.spec.indicator));
}
