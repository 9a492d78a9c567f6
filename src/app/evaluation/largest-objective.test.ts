import { expect, it } from 'vitest';
import { ledgerTotal } from '../../../test/factories/ledger-rows.ts';
import { objectiveDefinition } from '../../../test/factories/objective-definition.ts';
import { makeRequestSpan } from '../../../test/factories/request-spans.ts';
import { describeOnBothStacks, evaluateAll, NOON, receive } from '../../../test/factories/verdant-context.ts';
import { objectiveSchema } from '../../contract/definitions/objective.ts';
import { applyObjectives } from '../objective/apply-definitions.ts';

const matchers = (amount: number, texts: number, length: number) =>
  Array.from({ length: amount }, (_, matcher) => ({
    userAgent: Array.from({ length: texts }, (_unused, index) => `*bot-${matcher}-${index}-`.padEnd(length, 'x')),
  }));

const attributeMatchers = Array.from({ length: 11 }, (_, matcher) => ({
  attributes: Object.fromEntries(
    Array.from({ length: 20 }, (_unused, index) => [`key-${matcher}-${index}`, '*value*']),
  ),
}));

const withIndicator = (name: string, indicator: Record<string, unknown>) => {
  const { spec, ...rest } = objectiveDefinition(name);
  return objectiveSchema.safeParse({
    ...rest,
    spec: { ...spec, indicator: { kind: 'request-availability', service: 'payments', ...indicator } },
  });
};

it.each([
  ['many texts', matchers(6, 100, 20)],
  ['long texts', matchers(1, 90, 300)],
])('an objective of too %s is refused: its statement would stop the evaluation of all others', (_, exclude) => {
  const { error } = withIndicator('big', { exclude });
  expect(error?.issues.map(({ path, message }) => [path.join('.'), message])).toEqual([
    ['spec.indicator', 'at most 500 texts with 20000 characters together'],
  ]);
});

describeOnBothStacks('the largest objectives there can be', (stores) => {
  it('are evaluated, and so is everything beside them', async () => {
    const { start, clock, engine } = stores();
    const ctx = await start();
    const largest = [
      withIndicator('agents', { exclude: matchers(4, 100, 40) }),
      withIndicator('attributes', { exclude: attributeMatchers }),
    ].map(({ data }) => {
      if (data === undefined) throw new Error('it is refused');
      return data;
    });
    await applyObjectives(ctx, [...largest, objectiveDefinition('small')], false);
    await evaluateAll(ctx, clock);
    await receive(ctx, [makeRequestSpan({ service: 'payments', route: '/payments', atMs: NOON })]);
    await evaluateAll(ctx, clock);
    const all = await ctx.objectives.all();
    expect(all).toHaveLength(3);
    for (const known of all) expect(await ledgerTotal(engine, 'day', known)).toEqual({ good: 1, valid: 1 });
  });
});
