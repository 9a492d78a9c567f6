import { describe, expect, it } from 'vitest';
import { pgliteCatalogs } from '../../../test/factories/catalogs.ts';
import { openTestChdb } from '../../../test/factories/clickhouse.ts';
import { objectiveDefinition } from '../../../test/factories/objective-definition.ts';
import { makeRequestSpan } from '../../../test/factories/request-spans.ts';
import { evaluateAll, freshStores, NOON, receive } from '../../../test/factories/verdant-context.ts';
import { objectiveSchema } from '../../contract/definitions/objective.ts';
import { applyObjectives } from './apply-definitions.ts';
import { readAttribution } from './read-attribution.ts';

describe('who spent the budget', () => {
  const stores = freshStores(openTestChdb, pgliteCatalogs());

  it('is told as a share of all bad events, also of endpoints that the list leaves out', async () => {
    const { start, clock } = stores();
    const ctx = await start();
    const definition = objectiveDefinition('wide');
    const indicator = { kind: 'request-availability', service: 'wide' };
    await applyObjectives(
      ctx,
      [objectiveSchema.parse({ ...definition, spec: { ...definition.spec, indicator } })],
      false,
    );
    const failing = Array.from({ length: 80 }, (_, index) =>
      makeRequestSpan({
        service: 'wide',
        route: `/r/${String.fromCharCode(97 + (index % 26))}${'x'.repeat(index)}`,
        atMs: NOON,
        status: 500,
      }),
    );
    await receive(ctx, failing);
    await evaluateAll(ctx, clock);
    const { endpoints } = await readAttribution(ctx, 'wide', { window: '1h', points: 10 });
    expect(endpoints).toHaveLength(50);
    expect(endpoints[0]).toMatchObject({ bad: 1, valid: 1, sli: 0, share: 1 / 80 });
  });
});
