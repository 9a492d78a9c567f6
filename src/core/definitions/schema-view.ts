import { z } from 'zod';
import { objectiveSchema } from '../../contract/definitions/objective.ts';
import { valueAt } from './finding.ts';

type Schema = z.core.JSONSchema.JSONSchema;

/** The schema of a document as data, so that a mistake can be answered with what may stand in its place. */
const root: Schema = z.toJSONSchema(objectiveSchema, { io: 'input' });

const isSchema = (schema: unknown): schema is Schema => typeof schema === 'object' && schema !== null;

/** Whether a value looks like what an alternative is for: by its constants (`kind`), or else by its type. */
function suits(schema: Schema, value: unknown): boolean {
  if (Array.isArray(value)) return schema.type === 'array';
  if (typeof value !== 'object' || value === null) return schema.type !== 'array' && schema.type !== 'object';
  if (schema.type !== 'object') return false;
  return Object.entries(schema.properties ?? {}).every(
    ([key, property]) =>
      !isSchema(property) || property.const === undefined || property.const === valueAt(value, [key]),
  );
}

function chosen(schema: Schema, value: unknown): Schema | undefined {
  const alternatives = schema.oneOf ?? schema.anyOf;
  if (alternatives === undefined) return schema;
  const fitting = alternatives.find((alternative) => suits(alternative, value));
  return fitting === undefined ? undefined : chosen(fitting, value);
}

/** Own keys only: `constructor` is a word like any other. */
function propertyOf({ properties = {} }: Schema, key: string): unknown {
  return Object.hasOwn(properties, key) ? properties[key] : undefined;
}

function step(schema: Schema, segment: PropertyKey): Schema | undefined {
  const next =
    typeof segment === 'number' ? schema.items : (propertyOf(schema, String(segment)) ?? schema.additionalProperties);
  return isSchema(next) && !Array.isArray(next) ? next : undefined;
}

/** The schema of a place, before an alternative is chosen by the value that stands there. */
function schemaAt(path: readonly PropertyKey[], data: unknown): Schema | undefined {
  let schema: Schema | undefined = root;
  for (const [index, segment] of path.entries()) {
    const here: Schema | undefined = chosen(schema, valueAt(data, path.slice(0, index)));
    schema = here === undefined ? undefined : step(here, segment);
    if (schema === undefined) return undefined;
  }
  return schema;
}

/** Keys that may stand in the map at a path. */
export function knownKeys(path: readonly PropertyKey[], data: unknown): string[] {
  const schema = schemaAt(path, data);
  const here = schema === undefined ? undefined : chosen(schema, valueAt(data, path));
  return Object.keys(here?.properties ?? {});
}

/** What a field is for, in the words of the schema. */
export function descriptionOf(path: readonly PropertyKey[], data: unknown): string | undefined {
  return schemaAt(path, data)?.description;
}

/** Where else a key may stand: `target` at the root belongs to `spec`. Lists are not searched. */
export function homeOf(key: string): string[] | undefined {
  return search(root, key, []);
}

function search(schema: Schema, key: string, path: readonly string[]): string[] | undefined {
  if (propertyOf(schema, key) !== undefined) return [...path, key];
  for (const [name, property] of Object.entries(schema.properties ?? {})) {
    const found = isSchema(property) ? search(property, key, [...path, name]) : undefined;
    if (found !== undefined) return found;
  }
  for (const alternative of schema.oneOf ?? []) {
    const found = search(alternative, key, path);
    if (found !== undefined) return found;
  }
  return undefined;
}
