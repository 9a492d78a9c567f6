import { z } from 'zod';
import { windowProblem } from '../format/window.ts';

/** The timeframe that the page of an objective looks at; the primary one unless told. */
export const objectiveSearchSchema = z.object({
  window: z
    .string()
    .refine((text) => windowProblem(text, []) === undefined)
    .optional()
    .catch(undefined),
});
