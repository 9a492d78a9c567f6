import { applyObjectives } from '../../src/app/objective/apply-definitions.ts';
import type { ActingContext } from '../../src/app/verdant-context.ts';
import { objectiveSchema } from '../../src/contract/definitions/objective.ts';
import type { ManualClock } from '../../src/lib/clock.ts';
import { makeRequestSpan } from './request-spans.ts';
import { evaluateAll, NOON, receive } from './verdant-context.ts';

/** An objective "login" of the service "authentication" with 20 requests, 2 of them failed, all counted. */
export async function watchLogin(ctx: ActingContext, clock: ManualClock): Promise<void> {
  const definition = objectiveSchema.parse({
    apiVersion: 'verdant/v1',
    kind: 'Objective',
    metadata: { name: 'login', displayName: 'Sign-in "works"\\', tags: { tier: '1' } },
    spec: {
      owner: 'tests',
      audience: 'sre',
      target: '99%',
      warning: '99.5%',
      windows: ['1h', '24h'],
      indicator: { kind: 'request-availability', service: 'authentication' },
    },
  });
  await applyObjectives(ctx, [definition], false);
  await receive(
    ctx,
    Array.from({ length: 20 }, (_, index) =>
      makeRequestSpan({ atMs: NOON - index * 60_000 - 1, status: index % 10 === 0 ? 500 : 200 }),
    ),
  );
  await evaluateAll(ctx, clock);
}
