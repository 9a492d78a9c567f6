import { z } from 'zod';

export const faultSchema = z
  .object({
    name: z.string().meta({ description: 'Such as auth-slow.' }),
    title: z.string(),
    description: z.string(),
    active: z.boolean(),
    since: z.iso.datetime().nullable(),
  })
  .meta({ id: 'Fault' });
export type Fault = z.output<typeof faultSchema>;
export const faultListSchema = z.object({ faults: z.array(faultSchema) });
