import { type ObjectiveDefinition, objectiveSchema } from '../../contract/definitions/objective.ts';

/** A definition with its fields in the order of the schema, and what the user named (tags, attributes) by name. */
export function canonicalDefinition(definition: ObjectiveDefinition): ObjectiveDefinition {
  // The schema puts its own fields in its order and keeps that of maps, which are sorted before.
  return objectiveSchema.parse(sortedKeys(definition));
}

function sortedKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortedKeys);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sortedKeys(inner)]));
}
