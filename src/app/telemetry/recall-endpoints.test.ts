import { describe, expect, it } from 'vitest';
import { pgliteCatalogs } from '../../../test/factories/catalogs.ts';
import { openTestChdb } from '../../../test/factories/clickhouse.ts';
import { engineWith } from '../../../test/factories/engine-with.ts';
import { makeRequestSpan } from '../../../test/factories/request-spans.ts';
import { freshStores, NOON, receive } from '../../../test/factories/verdant-context.ts';
import { VerdantError } from '../../contract/errors.ts';
import { recallEndpoints } from './recall-endpoints.ts';

const DAY = 86_400_000;

describe('endpoints from before a start', () => {
  const stores = freshStores(openTestChdb, pgliteCatalogs());

  it('are all recalled, or those of the last day where all are too many to look through', async () => {
    const { start, engine, clock } = stores();
    const warned: string[] = [];
    const log = { warn: (_: object, message: string) => warned.push(message) };
    await receive(await start(), [
      makeRequestSpan({ atMs: NOON - 3 * DAY, route: '/monthly' }),
      makeRequestSpan({ atMs: NOON, route: '/login' }),
    ]);
    const names = async (from: typeof engine) =>
      (await recallEndpoints(from, clock, log)).map(({ endpoint }) => endpoint).sort();
    expect(await names(engine)).toEqual(['POST /login', 'POST /monthly']);
    expect(warned).toEqual([]);
    const weak = engineWith(engine, {
      query: (sql, shape, params, ...rest) => {
        if (params?.since === 0) throw new VerdantError('query-too-heavy');
        return engine.query(sql, shape, params, ...rest);
      },
    });
    expect(await names(weak)).toEqual(['POST /login']);
    expect(warned).toHaveLength(1);
  });
});
