import { describe, expect, it } from 'vitest';
import { pgliteCatalogs } from '../../../test/factories/catalogs.ts';
import { openTestChdb } from '../../../test/factories/clickhouse.ts';
import { makeRequestSpan } from '../../../test/factories/request-spans.ts';
import { freshStores, NOON, receive } from '../../../test/factories/verdant-context.ts';
import { EndpointCap, OTHER } from '../../core/telemetry/endpoint-cap.ts';
import { readEndpoints, readServices } from '../service/list-services.ts';
import { acceptedTimes } from './accept-spans.ts';

describe('spans that come in', () => {
  const stores = freshStores(openTestChdb, pgliteCatalogs());

  it('become services and endpoints, failures by the default meaning', async () => {
    const ctx = await stores().start();
    await receive(ctx, [
      ...[200, 401, 404, 500, 503].map((status) => makeRequestSpan({ atMs: NOON, status })),
      makeRequestSpan({ atMs: NOON, kind: 3, status: 500, route: '/called' }),
      makeRequestSpan({ atMs: NOON - 25 * 3_600_000, route: '/yesterday' }),
      makeRequestSpan({ atMs: NOON, service: 'payments', method: 'GET', route: '/payments/:id' }),
    ]);
    expect(await readServices(ctx)).toMatchObject([
      { name: 'authentication', requests: 5, failed: 2, firstSeen: new Date(NOON - 25 * 3_600_000).toISOString() },
      { name: 'payments', requests: 1, failed: 0 },
    ]);
    expect(await readEndpoints(ctx, 'authentication')).toMatchObject([
      { endpoint: 'POST /login', requests: 5, failed: 2 },
    ]);
    await expect(readEndpoints(ctx, 'nobody')).rejects.toMatchObject({ code: 'not-found' });
  });

  it('never make more endpoints or services than the cap: the rest shares a visible name', async () => {
    const ctx = {
      ...(await stores().start()),
      endpoints: new EndpointCap({ services: 3, namespaces: 3, endpointsPerService: 4, endpoints: 100 }),
    };
    for (let index = 0; index < 10; index++) {
      await receive(ctx, [
        makeRequestSpan({ atMs: NOON, service: 'a', route: `/page-${index}` }),
        makeRequestSpan({ atMs: NOON, service: `made-up-${index}` }),
      ]);
    }
    const services = await readServices(ctx);
    expect(services.map(({ name, requests }) => [name, requests])).toEqual([
      [OTHER, 8],
      ['a', 10],
      ['made-up-0', 1],
      ['made-up-1', 1],
    ]);
    const endpoints = await readEndpoints(ctx, 'a');
    expect(endpoints.map(({ endpoint, requests }) => [endpoint, requests])).toEqual([
      [OTHER, 6],
      ['POST /page-0', 1],
      ['POST /page-1', 1],
      ['POST /page-2', 1],
      ['POST /page-3', 1],
    ]);
  });

  it('are taken from as far back as they are kept, and from clocks two minutes ahead', async () => {
    const ctx = await stores().start({ config: { spanRetention: 3_600_000 } });
    expect(acceptedTimes(ctx)).toEqual({
      oldestNs: BigInt(NOON - 3_600_000) * 1_000_000n,
      newestNs: BigInt(NOON + 120_000) * 1_000_000n,
    });
  });
});
