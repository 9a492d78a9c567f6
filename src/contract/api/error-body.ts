import { z } from 'zod';
import { diagnosticSchema } from './definitions.ts';

/** The body of every answer that is not 2xx. */
export const errorBodySchema = z
  .object({
    error: z.object({
      code: z.string(),
      message: z.string(),
      fix: z.string(),
      details: z.array(diagnosticSchema),
    }),
  })
  .meta({ id: 'Error' });
export type ErrorBody = z.output<typeof errorBodySchema>;
