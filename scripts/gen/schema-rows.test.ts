import { expect, it } from 'vitest';
import { z } from 'zod';
import { documentFields } from './schema-rows.ts';

it('tells of every field its path, value, default and meaning, also where reading transforms it', () => {
  const schema = z.object({
    kind: z.literal('Thing'),
    spec: z.object({
      share: z
        .union([z.string(), z.number().transform(String)])
        .default('0%')
        .meta({ description: 'A share.' }),
      tests: z.array(z.object({ a: z.string() })).optional(),
      tags: z.record(z.string(), z.string()).default({}),
    }),
  });
  expect(documentFields(schema, 'a test')).toEqual([
    { path: 'kind', type: '"Thing"', required: true, fallback: '', description: '' },
    { path: 'spec.share', type: 'text or number', required: false, fallback: '"0%"', description: 'A share.' },
    { path: 'spec.tests', type: 'list of a test', required: false, fallback: '', description: '' },
    { path: 'spec.tags', type: 'map of text to text', required: false, fallback: '{}', description: '' },
  ]);
});
