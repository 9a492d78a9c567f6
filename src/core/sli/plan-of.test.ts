import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { indicatorSchema } from '../../contract/definitions/objective.ts';
import { holds, type RequestSubject } from './holds.ts';
import { indicatorKinds } from './indicator-registry.ts';
import { planIdentity } from './plan-identity.ts';
import { planOf } from './plan-of.ts';

type Facts = Partial<RequestSubject['request']> & { ms?: number; span?: Record<string, string> };

const subject = ({ ms = 10, span = {}, ...facts }: Facts = {}): RequestSubject => ({
  request: {
    endpoint: 'POST /login',
    method: 'POST',
    path: '/login',
    userAgent: 'bank-app/5.2',
    httpStatus: 200,
    rpcStatus: -1,
    failed: false,
    ...facts,
  },
  durationNs: BigInt(ms) * 1_000_000n,
  attribute: (of, key) => (of === 'span' ? span[key] : { 'cloud.region': 'eu-west-1' }[key]),
});

function judge(document: object, facts?: Facts): 'good' | 'bad' | 'left out' {
  const plan = planOf(indicatorSchema.parse({ service: 'authentication', ...document }));
  if (!holds(plan.valid, subject(facts))) return 'left out';
  return holds(plan.good, subject(facts)) ? 'good' : 'bad';
}

const availability = (rest: object = {}) => ({ kind: 'request-availability', ...rest });
const latency = (rest: object = {}) => ({ kind: 'request-latency', threshold: '300ms', ...rest });

describe('which requests count', () => {
  it('all of the service when nothing is said', () => {
    expect(judge(availability(), { endpoint: 'GET /x' })).toBe('good');
  });
  it('those of the endpoint, and no others', () => {
    expect(judge(availability({ endpoint: 'POST /login' }))).toBe('good');
    expect(judge(availability({ endpoint: ['GET /*', 'POST /log*'] }))).toBe('good');
    expect(judge(availability({ endpoint: 'GET /*' }))).toBe('left out');
  });
  it('those that one of the included tests names, unless an excluded one does', () => {
    const include = [{ path: '/login' }, { path: '/logout' }];
    expect(judge(availability({ include }))).toBe('good');
    expect(judge(availability({ include }), { path: '/metrics' })).toBe('left out');
    expect(judge(availability({ include, exclude: [{ status: 404 }, { userAgent: 'BANK-APP/*' }] }))).toBe('left out');
  });
  it('those for which all fields of a test hold', () => {
    const exclude = [{ userAgent: 'bank-app/*', status: '4xx' }];
    expect(judge(availability({ exclude }), { httpStatus: 404 })).toBe('left out');
    expect(judge(availability({ exclude }), { httpStatus: 404, userAgent: 'curl' })).toBe('good');
    expect(judge(availability({ exclude }), { httpStatus: 500, failed: true })).toBe('bad');
  });
  it('tells attributes of spans from those of resources, and a missing one never matches', () => {
    expect(
      judge(availability({ exclude: [{ attributes: { tenant: 'test-*' } }] }), { span: { tenant: 'test-1' } }),
    ).toBe('left out');
    expect(judge(availability({ exclude: [{ attributes: { tenant: '*' } }] }))).toBe('good');
    expect(judge(availability({ exclude: [{ resource: { 'cloud.region': 'eu-*' } }] }))).toBe('left out');
  });
  it('never takes a request without a status for one with it', () => {
    expect(judge(availability({ exclude: [{ status: '1xx' }] }), { httpStatus: 0 })).toBe('good');
    expect(judge(availability({ exclude: [{ rpcStatus: [0, 1] }] }))).toBe('good');
    expect(judge(availability({ exclude: [{ rpcStatus: [0, 1] }] }), { rpcStatus: 0 })).toBe('left out');
  });
  it('takes durations at the lower edge and not at the upper', () => {
    const exclude = [{ durationAtLeast: '1s', durationUnder: '2s' }];
    expect([999, 1000, 1999, 2000].map((ms) => judge(availability({ exclude }), { ms }))).toEqual([
      'good',
      'left out',
      'left out',
      'good',
    ]);
  });
});

describe('availability', () => {
  it('is good when nothing failed', () => {
    expect(judge(availability(), { httpStatus: 401 })).toBe('good');
    expect(judge(availability(), { failed: true })).toBe('bad');
  });
  it('takes the word of the document for what is good or a failure', () => {
    expect(judge(availability({ good: [{ status: '2xx' }] }), { httpStatus: 401 })).toBe('bad');
    expect(judge(availability({ failure: [{ status: ['5xx', 429] }] }), { httpStatus: 429 })).toBe('bad');
    expect(judge(availability({ failure: [{ status: ['5xx', 429] }] }), { httpStatus: 404, failed: true })).toBe(
      'good',
    );
    expect(judge(availability({ failure: [{ failed: false }] }), {})).toBe('bad');
  });
});

describe('latency', () => {
  it('is good under the threshold, not at it', () => {
    expect([299, 300].map((ms) => judge(latency(), { ms }))).toEqual(['good', 'bad']);
  });
  it.each([
    ['exclude', ['left out', 'left out']],
    ['count', ['good', 'bad']],
    ['bad', ['bad', 'bad']],
  ])('treats failed requests as "%s" says', (failedRequests, expected) => {
    const judged = [10, 900].map((ms) => judge(latency({ failedRequests }), { ms, failed: true }));
    expect(judged).toEqual(expected);
  });
  it('reads parts of a millisecond', () => {
    const plan = planOf(indicatorSchema.parse({ service: 'a', ...latency({ threshold: '0.5ms' }) }));
    expect(plan.good).toEqual({ op: 'duration', under: 500_000n });
  });
});

describe('the identity of a plan', () => {
  const identity = (document: object): string =>
    planIdentity(planOf(indicatorSchema.parse({ service: 'authentication', ...document })));
  const base = availability({
    endpoint: ['POST /login', 'POST /logout'],
    exclude: [{ userAgent: ['a*', 'b*'], status: '4xx' }, { path: '/x' }],
  });
  it('knows no order, repetition, letter case that means nothing, or unit of time', () => {
    expect(
      identity(
        availability({
          exclude: [{ path: ['/x'] }, { status: ['4xx', '4xx'], userAgent: ['B*', 'a*', 'A*'] }, { path: '/x' }],
          endpoint: ['POST /logout', 'POST /login'],
        }),
      ),
    ).toBe(identity(base));
    expect(identity(latency({ threshold: '0.3s', failedRequests: 'exclude' }))).toBe(identity(latency()));
    expect(identity(availability({ failure: [{ failed: true }] }))).toBe(identity(availability()));
  });
  it.each([
    ['the service', { ...base, service: 'payments' }],
    ['the namespace', { ...base, namespace: 'bank' }],
    ['an endpoint', { ...base, endpoint: 'POST /login' }],
    ['a pattern', { ...base, exclude: [{ userAgent: ['a*', 'c*'], status: '4xx' }, { path: '/x' }] }],
    ['two tests for one', { ...base, exclude: [{ userAgent: ['a*', 'b*'] }, { status: '4xx' }, { path: '/x' }] }],
    ['what is good', { ...base, good: [{ status: '2xx' }] }],
    ['the letter case of a path', { ...base, exclude: [{ userAgent: ['a*', 'b*'], status: '4xx' }, { path: '/X' }] }],
  ])('sees %s', (_, changed) => {
    expect(identity(changed)).not.toBe(identity(base));
  });
});

describe('the registry of indicator kinds', () => {
  const kinds = indicatorSchema.options.map((option) => option.shape.kind.value);
  const examples = readdirSync('examples/objectives').map((name) =>
    readFileSync(`examples/objectives/${name}`, 'utf8'),
  );

  it('has every kind of the contract under its own name, and no other', () => {
    expect(Object.keys(indicatorKinds).sort()).toEqual([...kinds].sort());
    for (const kind of kinds) expect(indicatorKinds[kind].kind).toBe(kind);
  });
  it.each(kinds)('has an example, a folder and a test of %s', (kind) => {
    expect(examples.some((text) => new RegExp(`^ +kind: ${kind}$`, 'm').test(text))).toBe(true);
    expect(readdirSync(`src/core/sli/${kind}`)).toEqual([`${kind}.test.ts`, `${kind}.ts`]);
  });
});
