import { z } from 'zod';
import { cell, code, page, table } from './markdown.ts';

const schemaSchema = z.looseObject({
  $ref: z.string().optional(),
  type: z.union([z.string(), z.array(z.string())]).optional(),
  description: z.string().optional(),
  items: z.unknown().optional(),
  anyOf: z.array(z.unknown()).optional(),
  enum: z.array(z.unknown()).optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
  required: z.array(z.string()).optional(),
});

const contentSchema = z.record(z.string(), z.object({ schema: schemaSchema }));
const operationSchema = z.object({
  summary: z.string(),
  description: z.string(),
  tags: z.array(z.string()),
  parameters: z
    .array(
      z.object({
        name: z.string(),
        in: z.string(),
        required: z.boolean().optional(),
        description: z.string().optional(),
        schema: schemaSchema,
      }),
    )
    .default([]),
  requestBody: z.object({ content: contentSchema }).optional(),
  responses: z.record(z.string(), z.object({ content: contentSchema.optional() })),
});
const documentSchema = z.object({
  paths: z.record(z.string(), z.record(z.string(), operationSchema)),
  components: z.object({ schemas: z.record(z.string(), schemaSchema) }),
});

type Schema = z.output<typeof schemaSchema>;
type Operation = z.output<typeof operationSchema> & { readonly method: string; readonly path: string };

const anchor = (name: string): string => `[${name}](#${name.toLowerCase()})`;

/** A schema in a few words, with a link where it has a name. */
function typeText(value: unknown): string {
  const schema = schemaSchema.parse(value ?? {});
  if (schema.$ref !== undefined) return anchor(schema.$ref.split('/').at(-1) ?? '');
  if (schema.enum !== undefined) return schema.enum.map((item) => code(String(item))).join(' or ');
  if (schema.anyOf !== undefined) return [...new Set(schema.anyOf.map(typeText))].join(' or ');
  if (schema.type === 'array') return `list of ${typeText(schema.items)}`;
  return Array.isArray(schema.type) ? schema.type.join(' or ') : (schema.type ?? 'anything');
}

function fieldRows(schema: Schema): string[][] {
  return Object.entries(schema.properties ?? {}).map(([name, value]) => [
    code(name),
    typeText(value),
    schema.required?.includes(name) === true ? '' : 'optional',
    cell(schemaSchema.parse(value).description ?? ''),
  ]);
}

function fieldsTable(schema: Schema): string[] {
  const rows = fieldRows(schema);
  return rows.length === 0 ? [] : [table(['Field', 'Value', '', 'Meaning'], rows)];
}

function operationText(operation: Operation): string[] {
  const parameters = operation.parameters.map((parameter) => [
    code(parameter.name),
    parameter.in,
    parameter.required === true ? 'required' : '',
    cell(parameter.description ?? ''),
  ]);
  const body = operation.requestBody?.content['application/json']?.schema;
  const answers = Object.entries(operation.responses).map(([status, { content }]) => {
    const schema = content?.['application/json']?.schema;
    return `${code(status)} ${schema === undefined || schema.type === 'null' ? 'without a body' : typeText(schema)}`;
  });
  return [
    `### ${code(`${operation.method.toUpperCase()} ${operation.path}`)}`,
    `${operation.summary}. ${operation.description}`,
    ...(parameters.length === 0 ? [] : [table(['Parameter', 'In', '', 'Meaning'], parameters)]),
    ...(body === undefined ? [] : ['Body:', ...fieldsTable(body)]),
    `Answers ${answers.join(', ')}; errors as [Errors](/reference/errors) lists them.`,
  ];
}

/** @param document the text of an OpenAPI 3.1 document, as a server describes itself */
export function apiPage(document: string): string {
  const { paths, components } = documentSchema.parse(JSON.parse(document));
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]): Operation => ({ ...operation, method, path })),
  );
  const tags = [...new Set(operations.flatMap((operation) => operation.tags))];
  return page('API', 'the routes of src/server', [
    'Requests carry `Authorization: Bearer TOKEN`; times are RFC 3339 in UTC; counts above 2^53 are text. ' +
      'The same as a document for programs: [openapi.json](/openapi.json).',
    ...tags.flatMap((tag) => [
      `## ${tag}`,
      ...operations.filter((operation) => operation.tags.includes(tag)).flatMap(operationText),
    ]),
    '## Shapes',
    ...Object.entries(components.schemas).flatMap(([name, schema]) => [
      `### ${name}`,
      ...(schema.description === undefined ? [] : [schema.description]),
      ...fieldsTable(schema),
    ]),
  ]);
}
