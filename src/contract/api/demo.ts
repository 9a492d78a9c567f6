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

/** What the demo's supervisor tells the program that started it, over the channel of `child_process.fork`. */
export const demoMessageSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('ready'),
    controlUrl: z.url().meta({ description: 'Where faults are switched; takes "Authorization: Bearer <secret>".' }),
  }),
  z.object({ type: z.literal('history'), progress: z.number().min(0).max(1) }),
]);
export type DemoMessage = z.output<typeof demoMessageSchema>;
