import { z } from 'zod';

export const healthSchema = z
  .object({
    status: z.enum(['ok', 'evaluation-behind']),
    version: z.string(),
    watermark: z.iso.datetime().meta({ description: 'Telemetry acknowledged before this instant is in the numbers.' }),
    telemetry: z.object({ engine: z.string(), version: z.string() }),
    catalog: z.object({ engine: z.string(), version: z.string() }),
  })
  .meta({ id: 'Health' });
