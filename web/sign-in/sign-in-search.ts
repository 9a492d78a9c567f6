import { z } from 'zod';

/** Where to go after signing in: an address of ours only, never of another site. */
export const signInSearchSchema = z.object({
  next: z
    .string()
    .regex(/^\/(?![/\\])/)
    .optional()
    .catch(undefined),
});
