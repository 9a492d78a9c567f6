import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Condition } from './condition.ts';
import { holds, type RequestSubject } from './holds.ts';
import { patternTest } from './pattern.ts';
import { compileForGroups, type Grouping, groupingOf, type RequestGroup, type TextTest } from './request-groups.ts';

const text = fc.constantFrom('', 'a', 'A', 'ab', 'b', 'aXb');
const pattern = fc.constantFrom('*', 'a', 'A*', '*b', 'a*b', '');
const milliseconds = fc.integer({ min: 0, max: 4 }).map((ms) => BigInt(ms) * 1_000_000n);
const key = fc.constantFrom('k', 'toString');

const leaf: fc.Arbitrary<Condition> = fc.oneof(
  fc.record({
    op: fc.constant('like' as const),
    field: fc.constantFrom('endpoint' as const, 'path' as const, 'method' as const, 'userAgent' as const),
    patterns: fc.array(pattern, { minLength: 1, maxLength: 2 }),
    ignoreCase: fc.boolean(),
  }),
  fc.constantFrom<Condition>(
    { op: 'between', field: 'httpStatus', ranges: [[400, 499]] },
    {
      op: 'between',
      field: 'httpStatus',
      ranges: [
        [200, 200],
        [500, 599],
      ],
    },
    { op: 'rpc-status', codes: [0, 14] },
    { op: 'failed', is: true },
    { op: 'failed', is: false },
  ),
  fc.record({ op: fc.constant('duration' as const), under: milliseconds }),
  fc.record({ op: fc.constant('duration' as const), atLeast: milliseconds, under: milliseconds }),
  fc.record({
    op: fc.constant('attribute' as const),
    of: fc.constantFrom('span' as const, 'resource' as const),
    key,
    pattern,
  }),
);

const { condition } = fc.letrec<{ condition: Condition }>((tie) => ({
  condition: fc.oneof(
    { maxDepth: 3, depthIdentifier: 'condition' },
    leaf,
    fc.record({
      op: fc.constantFrom('all' as const, 'any' as const),
      of: fc.array(tie('condition'), { maxLength: 3 }),
    }),
    fc.record({ op: fc.constant('not' as const), of: tie('condition') }),
  ),
}));

const subject: fc.Arbitrary<RequestSubject> = fc
  .record({
    request: fc.record({
      endpoint: text,
      method: text,
      path: text,
      userAgent: text,
      httpStatus: fc.constantFrom(0, 200, 404, 499, 500),
      rpcStatus: fc.constantFrom(-1, 0, 14),
      failed: fc.boolean(),
    }),
    durationNs: fc.oneof(milliseconds, fc.bigInt(0n, 5_000_000n)),
    span: fc.dictionary(key, text, { noNullPrototype: true }),
    resource: fc.dictionary(key, text, { noNullPrototype: true }),
  })
  .map(({ request, durationNs, span, resource }) => ({
    request,
    durationNs,
    attribute: (of, name) => {
      const map = of === 'span' ? span : resource;
      return Object.hasOwn(map, name) ? map[name] : undefined;
    },
  }));

/** What the store answers to a test of one request. */
function answers(
  { on, key: name, pattern: wanted, ignoreCase }: TextTest,
  { request, attribute }: RequestSubject,
): boolean {
  if (on === 'path' || on === 'userAgent') return patternTest(wanted, ignoreCase)(request[on]);
  const value = attribute(on === 'attribute' ? 'span' : 'resource', name);
  return value !== undefined && patternTest(wanted, ignoreCase)(value);
}

/** The group that a request falls into. */
function groupOf(of: RequestSubject, { tests, thresholds }: Grouping): RequestGroup {
  const { endpoint, method, httpStatus, rpcStatus, failed } = of.request;
  return {
    namespace: '',
    endpoint,
    method,
    httpStatus,
    rpcStatus,
    failed,
    durationNs: thresholds.findLast((threshold) => threshold <= of.durationNs) ?? 0n,
    matched: [tests.reduce((bits, test, index) => bits + (answers(test, of) ? 2 ** index : 0), 0)],
  };
}

it('judges a group as each request of it would be judged', () => {
  const service = { service: 'a', namespace: undefined };
  fc.assert(
    fc.property(condition, condition, fc.array(subject, { minLength: 1, maxLength: 5 }), (valid, good, subjects) => {
      const grouping = groupingOf([{ ...service, valid, good }]);
      for (const one of subjects) {
        for (const asked of [valid, good]) {
          expect(compileForGroups(asked, grouping)(groupOf(one, grouping))).toBe(holds(asked, one));
        }
      }
    }),
    { numRuns: 1000 },
  );
});
