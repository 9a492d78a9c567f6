import { z } from 'zod';
import { countSchema } from './status.ts';

export const serviceSchema = z
  .object({
    name: z.string(),
    namespace: z.string(),
    firstSeen: z.iso.datetime(),
    lastSeen: z.iso.datetime(),
    requests: countSchema.meta({ description: 'Requests over the last 24 h.' }),
    failed: countSchema,
    endpoints: z.int(),
  })
  .meta({ id: 'Service' });
export type Service = z.output<typeof serviceSchema>;
export const serviceListSchema = z.object({ services: z.array(serviceSchema) });

export const endpointSchema = z
  .object({
    endpoint: z.string().meta({ description: '"(other)" gathers what is above the limit of endpoints per service.' }),
    requests: countSchema,
    failed: countSchema,
    p50Ms: z.number().nullable(),
    p95Ms: z.number().nullable(),
    p99Ms: z.number().nullable(),
    lastSeen: z.iso.datetime(),
  })
  .meta({ id: 'Endpoint' });
export type Endpoint = z.output<typeof endpointSchema>;
export const endpointListSchema = z.object({ service: z.string(), endpoints: z.array(endpointSchema) });
