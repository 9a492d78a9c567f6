import { describe, expect, it } from 'vitest';
import { pgliteCatalogs } from '../../../test/factories/catalogs.ts';
import { openTestChdb } from '../../../test/factories/clickhouse.ts';
import { objectiveDefinition } from '../../../test/factories/objective-definition.ts';
import { makeRequestSpan } from '../../../test/factories/request-spans.ts';
import { evaluateAll, freshStores, NOON, receive } from '../../../test/factories/verdant-context.ts';
import { objectiveSchema } from '../../contract/definitions/objective.ts';
import { applyObjectives } from './apply-definitions.ts';
import { windowStatuses } from './window-statuses.ts';

const MINUTE = 60_000;

describe('windows', () => {
  const stores = freshStores(openTestChdb, pgliteCatalogs());

  it('are answered in their order also when there are more than one statement can hold', async () => {
    const { start, clock } = stores();
    const ctx = await start();
    const { spec, ...rest } = objectiveDefinition('login');
    const indicator = { kind: 'request-availability', service: 'authentication' };
    await applyObjectives(ctx, [objectiveSchema.parse({ ...rest, spec: { ...spec, indicator } })], false);
    await receive(
      ctx,
      [10, 70, 3000].map((minutes) => makeRequestSpan({ atMs: NOON - minutes * MINUTE })),
    );
    await evaluateAll(ctx, clock);
    const windows = Array.from({ length: 250 }, (_, index) => ({
      text: `${61 + 61 * index}m`,
      ms: (61 + 61 * index) * MINUTE,
    }));
    const objectives = await ctx.objectives.all();
    const statuses = await windowStatuses(ctx, { objectives, windows, atMs: NOON });
    const all = statuses.get(objectives[0]?.id ?? 0) ?? [];
    expect(all.map(({ window }) => window)).toEqual(windows.map(({ text }) => text));
    expect(all.map(({ valid }) => valid)).toEqual(
      windows.map(({ ms }) => (ms >= 3000 * MINUTE ? 3 : ms >= 70 * MINUTE ? 2 : 1)),
    );
    expect(all[0]?.burnRates.map(({ rate }) => rate)).toEqual([null, 0, 0, 0, 0, 0]);
  });
});
