import { describe, expect, it } from 'vitest';
import { pgliteCatalogs } from '../../../test/factories/catalogs.ts';
import { openTestChdb } from '../../../test/factories/clickhouse.ts';
import { makeRequestSpan } from '../../../test/factories/request-spans.ts';
import { freshStores, NOON, receive } from '../../../test/factories/verdant-context.ts';
import { readServices } from './list-services.ts';

const DAY = 86_400_000;
const iso = (ms: number): string => new Date(ms).toISOString();

describe('services', () => {
  const stores = freshStores(openTestChdb, pgliteCatalogs());

  it('are all there: silent ones, busy ones since their first span, and new ones at once', async () => {
    const ctx = await stores().start();
    await receive(ctx, [
      makeRequestSpan({ service: 'silent', atMs: NOON - 3 * DAY }),
      makeRequestSpan({ service: 'busy', atMs: NOON - 2 * DAY }),
      makeRequestSpan({ service: 'busy', atMs: NOON - 5, status: 500 }),
    ]);
    const before = await readServices(ctx);
    expect(before.map(({ name, requests, failed, endpoints }) => [name, requests, failed, endpoints])).toEqual([
      ['busy', 1, 1, 1],
      ['silent', 0, 0, 0],
    ]);
    expect(before.map(({ firstSeen, lastSeen }) => [firstSeen, lastSeen])).toEqual([
      [iso(NOON - 2 * DAY), iso(NOON - 5)],
      [iso(NOON - 3 * DAY), iso(NOON - 3 * DAY)],
    ]);
    await receive(ctx, [makeRequestSpan({ service: 'new', namespace: 'bank', atMs: NOON - 1 })]);
    expect(await readServices(ctx)).toContainEqual({
      name: 'new',
      namespace: 'bank',
      firstSeen: iso(NOON - 1),
      lastSeen: iso(NOON - 1),
      requests: 1,
      failed: 0,
      endpoints: 1,
    });
  });
});
