import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeOnBothEngines, type TestEngine } from '../../../../test/factories/clickhouse.ts';
import { makeResource, makeStoredSpan } from '../../../../test/factories/spans.ts';
import type { Condition } from '../../../core/sli/condition.ts';
import { holds } from '../../../core/sli/holds.ts';
import { compileForGroups, groupingOf } from '../../../core/sli/request-groups.ts';
import type { StoredSpan } from '../../../core/telemetry/stored-span.ts';
import { ManualClock } from '../../../lib/clock.ts';
import { BoundValues, conditionSql } from '../condition-sql.ts';
import { cell } from '../engine/sql-engine.ts';
import { migrateTelemetry } from '../migrations/migrate.ts';
import { SpanWriter } from '../span-writer.ts';
import { groupRequests } from './request-groups.ts';

const NOW = Date.UTC(2026, 10, 24, 12);
const RANGE = { fromMs: NOW - 3_600_000, toMs: NOW + 60_000 };
const SERVICE = 'judged';

const TEXTS = [
  '',
  'POST /login',
  'post /LOGIN',
  'GET /a%b',
  'GET /a_b',
  'a\\b',
  "it's",
  'ÄÖ',
  'äö',
  'x\ny',
  '*',
  'kube-probe/1.29',
];
const PATTERNS = [...TEXTS, '*login', 'POST*', '*a%b', '*_*', 'GET /*b', '**', '*\\*', '*ö', 'K*', '*n*o*'];

const text = fc.constantFrom(...TEXTS);
const pattern = fc.constantFrom(...PATTERNS);
const duration = fc.constantFrom(0n, 1n, 299_999_999n, 300_000_000n, 300_000_001n, 10n ** 12n);

const atom: fc.Arbitrary<Condition> = fc.oneof(
  fc.record({
    op: fc.constant('like' as const),
    field: fc.constantFrom('endpoint' as const, 'path' as const, 'method' as const, 'userAgent' as const),
    patterns: fc.array(pattern, { minLength: 1, maxLength: 3 }),
    ignoreCase: fc.boolean(),
  }),
  fc.record({
    op: fc.constant('between' as const),
    field: fc.constant('httpStatus' as const),
    ranges: fc.array(fc.constantFrom<[number, number]>([500, 599], [404, 404], [200, 299]), {
      minLength: 1,
      maxLength: 2,
    }),
  }),
  fc.record({ op: fc.constant('rpc-status' as const), codes: fc.subarray([0, 2, 14], { minLength: 1 }) }),
  fc.record({ op: fc.constant('failed' as const), is: fc.boolean() }),
  fc.record({ op: fc.constant('duration' as const), under: duration }),
  fc.record({ op: fc.constant('duration' as const), atLeast: duration }),
  fc.record({
    op: fc.constant('attribute' as const),
    of: fc.constantFrom('span' as const, 'resource' as const),
    key: fc.constantFrom('customer', "k'ey", 'absent', 'a.b'),
    pattern,
  }),
);

const condition: fc.Arbitrary<Condition> = fc.letrec<{ tree: Condition }>((tie) => ({
  tree: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    atom,
    fc.record({ op: fc.constant('not' as const), of: tie('tree') }),
    fc.record({ op: fc.constantFrom('all' as const, 'any' as const), of: fc.array(tie('tree'), { maxLength: 3 }) }),
  ),
})).tree;

const stored: fc.Arbitrary<StoredSpan> = fc
  .record({
    endpoint: text,
    path: text,
    method: text,
    userAgent: text,
    customer: text,
    host: text,
    duration,
    status: fc.constantFrom(0, 200, 404, 500, 503),
    rpc: fc.constantFrom(-1, 0, 2, 14),
    failed: fc.boolean(),
    minute: fc.nat(3),
  })
  .map((given) =>
    makeStoredSpan({
      resource: makeResource({ service: SERVICE, attributes: ["k'ey", given.host, 'a.b', given.customer] }),
      atMs: NOW - given.minute * 60_000,
      durationMs: 0,
      durationNs: given.duration,
      attributes: ['customer', given.customer, "k'ey", given.host],
      request: {
        endpoint: given.endpoint,
        path: given.path,
        method: given.method,
        userAgent: given.userAgent,
        httpStatus: given.status,
        rpcStatus: given.rpc,
        failed: given.failed,
      },
    }),
  );

function attributeOf(pairs: readonly string[], key: string): string | undefined {
  const index = pairs.findIndex((name, at) => at % 2 === 0 && name === key);
  return index === -1 ? undefined : pairs[index + 1];
}

const domainCount = (spans: readonly StoredSpan[], asked: Condition): number =>
  spans.filter(
    ({ span, request }) =>
      request !== undefined &&
      holds(asked, {
        request,
        durationNs: span.durationNs,
        attribute: (of, key) => attributeOf(of === 'span' ? span.attributes : span.resource.attributes, key),
      }),
  ).length;

describeOnBothEngines('conditions on requests', (open) => {
  let test: TestEngine;
  const [spans = []] = fc.sample(fc.array(stored, { minLength: 400, maxLength: 400 }), { seed: 7, numRuns: 1 });

  beforeAll(async () => {
    test = await open();
    await migrateTelemetry(test.engine, { cluster: undefined });
    const writer = await SpanWriter.open(test.engine, new ManualClock(NOW), {
      flushRows: 1000,
      flushIntervalMs: 1,
      maxPendingBytes: 1e9,
    });
    await writer.write(spans, 1000);
  });
  afterAll(() => test.dispose());

  it('mean the same to the domain, to SQL and to groups of requests', async () => {
    await fc.assert(
      fc.asyncProperty(condition, async (asked) => {
        const expected = domainCount(spans, asked);
        const values = new BoundValues();
        const sql = conditionSql(asked, values);
        const [row] = await test.engine.query(
          `SELECT countIf(${sql}) FROM spans WHERE service = ${values.bind('String', SERVICE)}`,
          { n: cell.int },
          values.params,
        );
        expect(row?.n).toBe(expected);
        const grouping = groupingOf([{ service: SERVICE, namespace: undefined, valid: asked, good: asked }]);
        const judge = compileForGroups(asked, grouping);
        const groups = await groupRequests(test.engine, [SERVICE], [RANGE], grouping);
        const counted = groups
          .filter((group) => group.request && judge(group))
          .reduce((sum, { count }) => sum + count, 0n);
        expect(Number(counted)).toBe(expected);
      }),
      { numRuns: 150, seed: 11 },
    );
  });

  it('leaves no request out of the groups and puts none into two', async () => {
    const grouping = groupingOf([]);
    const groups = await groupRequests(test.engine, [SERVICE], [RANGE], grouping);
    expect(Number(groups.reduce((sum, { count }) => sum + count, 0n))).toBe(spans.length);
  });
});
