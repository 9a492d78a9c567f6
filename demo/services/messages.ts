import { z } from 'zod';

/** What the supervisor tells a process it started. */
export const orderSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('fault'), name: z.string(), active: z.boolean() }),
]);
export type Order = z.output<typeof orderSchema>;

/** What a process tells its supervisor: its port (others may be told), that it answers there, how far it is. */
export const reportSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('listening'), port: z.int() }),
  z.strictObject({ type: z.literal('ready') }),
  z.strictObject({ type: z.literal('history'), progress: z.number().min(0).max(1) }),
]);
export type Report = z.output<typeof reportSchema>;
