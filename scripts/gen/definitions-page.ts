import type { z } from 'zod';
import {
  objectiveSchema,
  requestAvailabilitySchema,
  requestLatencySchema,
  requestMatcherSchema,
} from '../../src/contract/definitions/objective.ts';
import { cell, code, page, table } from './markdown.ts';
import { documentFields } from './schema-rows.ts';

function fields(schema: z.ZodType, objectName: string): string {
  const rows = documentFields(schema, objectName).map((row) => [
    code(row.path),
    cell(row.type),
    row.required ? 'required' : code(row.fallback),
    cell(row.description),
  ]);
  return table(['Field', 'Value', 'Default', 'Meaning'], rows);
}

const requestTest = '[request test](#request-test)';

export function definitionsPage(): string {
  return page('Definitions', 'src/contract/definitions/objective.ts', [
    'An objective is a YAML document. `verdant validate FILES` checks it without a server, `verdant plan FILES` shows ' +
      'what would change, `verdant apply FILES` brings it in.',
    '## Objective',
    fields(objectiveSchema, '[indicator](#indicator-request-availability)'),
    '## Indicator: request-availability',
    'Share of valid requests that were answered well.',
    fields(requestAvailabilitySchema, requestTest),
    '## Indicator: request-latency',
    'Share of valid requests that were answered faster than a threshold.',
    fields(requestLatencySchema, requestTest),
    '## Request test',
    'One test of a request: all its fields must hold. A list of tests holds when one of them does.',
    fields(requestMatcherSchema, requestTest),
  ]);
}
