import { z } from 'zod';

/** Data of the server-sent event `evaluated` on `GET /api/v1/live`: the ledger moved. */
export const evaluatedEventSchema = z.object({
  watermark: z.iso.datetime(),
  /** Names of the objectives whose slices changed. */
  changed: z.array(z.string()),
});
export type EvaluatedEvent = z.output<typeof evaluatedEventSchema>;
