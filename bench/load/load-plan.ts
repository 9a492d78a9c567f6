import { z } from 'zod';
import { makePayload } from './make-payload.ts';

/** A whole load: payloads of the same size. */
export const loadPlanSchema = z.object({
  spans: z.number(),
  spansPerPayload: z.number(),
  seed: z.number(),
  endMs: z.number(),
  services: z.number(),
});

export type LoadPlan = z.output<typeof loadPlanSchema>;

/** The payloads of a load, one by one; a second call makes the very same bytes. */
export function* payloadsOf(plan: LoadPlan): Generator<Buffer> {
  const payloads = Math.ceil(plan.spans / plan.spansPerPayload);
  for (let index = 0; index < payloads; index++) {
    const { endMs, services } = plan;
    yield makePayload({ spans: plan.spansPerPayload, seed: plan.seed * 100_003 + index, endMs, services });
  }
}
