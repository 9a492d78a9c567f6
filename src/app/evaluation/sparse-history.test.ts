import { expect, it } from 'vitest';
import { ledgerTotal } from '../../../test/factories/ledger-rows.ts';
import { objectiveDefinition } from '../../../test/factories/objective-definition.ts';
import { makeRequestSpan } from '../../../test/factories/request-spans.ts';
import { describeOnBothStacks, evaluateAll, NOON, receive } from '../../../test/factories/verdant-context.ts';
import { applyObjectives } from '../objective/apply-definitions.ts';

describeOnBothStacks('history that arrives late', (stores) => {
  it('with a gap after every minute is counted', async () => {
    const { start, clock, engine } = stores();
    const ctx = await start();
    await applyObjectives(ctx, [objectiveDefinition('sparse')], false);
    await evaluateAll(ctx, clock);
    await receive(
      ctx,
      Array.from({ length: 2000 }, (_, index) =>
        makeRequestSpan({ service: 'payments', route: '/payments', atMs: NOON - index * 120_000 }),
      ),
    );
    await evaluateAll(ctx, clock);
    const [known] = await ctx.objectives.all();
    expect(await ledgerTotal(engine, 'day', known ?? { id: 0, version: 0 })).toEqual({ good: 2000, valid: 2000 });
  });
});
