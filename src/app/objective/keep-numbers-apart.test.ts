import { expect, it } from 'vitest';
import { objectiveDefinition } from '../../../test/factories/objective-definition.ts';
import { describeOnBothStacks, NOON } from '../../../test/factories/verdant-context.ts';
import { rollUp } from '../../store/telemetry/questions/roll-up.ts';
import { writeSlices } from '../../store/telemetry/questions/write-slices.ts';
import { applyObjectives } from './apply-definitions.ts';
import { keepNumbersApart } from './keep-numbers-apart.ts';

describeOnBothStacks('the number of a new objective', (stores) => {
  it('is one under which the ledger holds nothing, also when the catalog forgot the others', async () => {
    const { start, engine } = stores();
    const ctx = await start();
    await keepNumbersApart(ctx);
    await applyObjectives(ctx, [objectiveDefinition('first')], false);
    const slice = { objective: 40, version: 1, minuteMs: NOON, good: 1n, valid: 1n };
    await writeSlices(engine, [slice], 1n);
    await rollUp(engine, [40], [{ fromMs: NOON, toMs: NOON + 60_000 }], 1n);
    await keepNumbersApart(ctx);
    await applyObjectives(ctx, [objectiveDefinition('second')], false);
    await keepNumbersApart(ctx);
    await applyObjectives(ctx, [objectiveDefinition('third')], false);
    expect((await ctx.objectives.all()).map(({ id }) => id)).toEqual([1, 41, 42]);
  });
});
