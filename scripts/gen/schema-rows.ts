import { z } from 'zod';

/** The part of JSON Schema that zod writes and these pages read. */
interface SchemaNode {
  type?: string | string[] | undefined;
  description?: string | undefined;
  default?: unknown;
  const?: unknown;
  enum?: unknown[] | undefined;
  anyOf?: SchemaNode[] | undefined;
  oneOf?: SchemaNode[] | undefined;
  items?: SchemaNode | undefined;
  properties?: Record<string, SchemaNode> | undefined;
  required?: string[] | undefined;
}

const nodeSchema: z.ZodType<SchemaNode> = z.lazy(() =>
  z.object({
    type: z.union([z.string(), z.array(z.string())]).optional(),
    description: z.string().optional(),
    default: z.unknown().optional(),
    const: z.unknown().optional(),
    enum: z.array(z.unknown()).optional(),
    anyOf: z.array(nodeSchema).optional(),
    oneOf: z.array(nodeSchema).optional(),
    items: nodeSchema.optional(),
    properties: z.record(z.string(), nodeSchema).optional(),
    required: z.array(z.string()).optional(),
  }),
);

const jsonSchema = (schema: z.ZodType, io: 'input' | 'output'): SchemaNode =>
  nodeSchema.parse(z.toJSONSchema(schema, { io, unrepresentable: 'any' }));

interface FieldRow {
  readonly path: string;
  readonly type: string;
  readonly required: boolean;
  readonly fallback: string;
  readonly description: string;
}

const choicesOf = (node: SchemaNode): SchemaNode[] | undefined => node.anyOf ?? node.oneOf;

const isUnionOfObjects = (node: SchemaNode): boolean =>
  choicesOf(node)?.every(({ properties }) => properties !== undefined) ?? false;

const simpleNames: Readonly<Record<string, string>> = {
  string: 'text',
  integer: 'whole number',
  boolean: 'true or false',
};

const joined = (texts: readonly string[]): string => [...new Set(texts)].join(' or ');

/** What a value is, in words; objects are named by the page, which describes them elsewhere. */
function typeText(node: SchemaNode, objectName: string): string {
  if (node.const !== undefined) return JSON.stringify(node.const);
  if (node.enum !== undefined) return joined(node.enum.map((value) => JSON.stringify(value)));
  const choices = choicesOf(node);
  if (choices !== undefined) return joined(choices.map((choice) => typeText(choice, objectName)));
  if (Array.isArray(node.type)) return joined(node.type.map((type) => simpleNames[type] ?? type));
  if (node.type === 'array') return `list of ${typeText(node.items ?? {}, objectName)}`;
  if (node.type === 'object') return node.properties === undefined ? 'map of text to text' : objectName;
  return simpleNames[node.type ?? ''] ?? node.type ?? 'anything';
}

/** The fields of a document as it is written. Where reading transforms a value, only the output side keeps its default. */
export function documentFields(schema: z.ZodType, objectName: string): FieldRow[] {
  const read = fieldRows(jsonSchema(schema, 'output'), objectName);
  const fallbacks = new Map(read.map((row) => [row.path, row.fallback]));
  return fieldRows(jsonSchema(schema, 'input'), objectName).map((row) =>
    row.required ? row : { ...row, fallback: fallbacks.get(row.path) ?? row.fallback },
  );
}

/** The fields of an object, nested ones with their path; unions of objects and lists of objects stay one row. */
function fieldRows(node: SchemaNode, objectName: string, prefix = ''): FieldRow[] {
  return Object.entries(node.properties ?? {}).flatMap(([key, child]) => {
    const path = `${prefix}${key}`;
    if (child.properties !== undefined && !isUnionOfObjects(child)) return fieldRows(child, objectName, `${path}.`);
    return {
      path,
      type: typeText(child, objectName),
      required: node.required?.includes(key) ?? false,
      fallback: child.default === undefined ? '' : JSON.stringify(child.default),
      description: child.description ?? child.items?.description ?? '',
    };
  });
}
