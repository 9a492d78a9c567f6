import { z } from 'zod';

export const diagnosticSchema = z
  .object({
    message: z.string(),
    path: z.string().optional().meta({ description: 'Path of the field, such as spec.target.' }),
    file: z.string().optional(),
    line: z.int().optional(),
    column: z.int().optional(),
    excerpt: z.string().optional(),
    expected: z.string().optional(),
    suggestion: z.string().optional(),
  })
  .meta({ id: 'Diagnostic' });

export const definitionFilesSchema = z.strictObject({
  files: z
    .array(z.strictObject({ path: z.string().min(1).max(500), text: z.string().max(1_000_000) }))
    .min(1)
    .max(10_000)
    .meta({ description: 'YAML files, each with one or more documents.' }),
  prune: z.boolean().default(false).meta({ description: 'Also delete objectives that no file names.' }),
});
export type DefinitionFiles = z.output<typeof definitionFilesSchema>;

export const changeSchema = z
  .object({
    name: z.string(),
    action: z.enum(['create', 'update', 'delete', 'unchanged']),
    newIndicatorVersion: z
      .boolean()
      .meta({ description: 'The indicator changes: its history is computed anew from stored telemetry.' }),
    fields: z
      .array(z.object({ path: z.string(), before: z.string().nullable(), after: z.string().nullable() }))
      .meta({ description: 'What differs.' }),
  })
  .meta({ id: 'Change' });
export type Change = z.output<typeof changeSchema>;

export const planSchema = z.object({ applied: z.boolean(), changes: z.array(changeSchema) }).meta({ id: 'Plan' });
export type Plan = z.output<typeof planSchema>;

export const validationSchema = z.object({
  valid: z.boolean(),
  objectives: z.int(),
  diagnostics: z.array(diagnosticSchema),
});
