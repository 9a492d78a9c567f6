import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ledgerMinutes, ledgerTotal } from '../../../test/factories/ledger-rows.ts';
import { objectiveDefinition } from '../../../test/factories/objective-definition.ts';
import { makeRequestSpan } from '../../../test/factories/request-spans.ts';
import { describeOnBothStacks, evaluateAll, NOON, receive } from '../../../test/factories/verdant-context.ts';
import { type ObjectiveDefinition, objectiveSchema } from '../../contract/definitions/objective.ts';
import { holds, type RequestSubject } from '../../core/sli/holds.ts';
import type { RequestPlan } from '../../core/sli/request-plan.ts';
import { requestOf } from '../../core/telemetry/request-of.ts';
import type { Span } from '../../core/telemetry/span.ts';
import { readCursor, writeCursor } from '../../store/catalog/tables/cursor.ts';
import type { SqlEngine } from '../../store/telemetry/engine/sql-engine.ts';
import { applyObjectives } from '../objective/apply-definitions.ts';
import type { KnownObjective } from '../objective/objective-book.ts';
import type { ActingContext } from '../verdant-context.ts';
import { evaluateFresh } from './evaluate-fresh.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Requests of all kinds over some hours, with durations on both sides of thresholds and exactly at them. */
const anySpan = fc
  .record({
    service: fc.constantFrom('authentication', 'payments'),
    namespace: fc.constantFrom('', 'bank'),
    atMs: fc.integer({ min: NOON - 26 * HOUR, max: NOON }),
    durationMs: fc.constantFrom(1, 299.999999, 300, 300.000001, 500, 2000),
    status: fc.constantFrom(200, 201, 302, 401, 404, 500, 503),
    route: fc.constantFrom('/login', '/logout', '/accounts/:id'),
    path: fc.constantFrom('/login', '/wp-login.php', '/.env'),
    method: fc.constantFrom('GET', 'POST'),
    userAgent: fc.constantFrom('bank-app/3.1', 'Kube-Probe/1.29', 'zgrab'),
    attributes: fc.constantFrom<Record<string, string>>({}, { customer: 'gold' }, { customer: 'silver' }),
    kind: fc.constantFrom(2, 2, 2, 3, 5),
  })
  .map(makeRequestSpan);

const INDICATORS: readonly Record<string, unknown>[] = [
  { kind: 'request-availability', service: 'authentication' },
  { kind: 'request-availability', service: 'authentication', namespace: 'bank', endpoint: 'POST /login' },
  { kind: 'request-availability', service: 'authentication', exclude: [{ userAgent: ['kube-probe/*', '*ZGRAB*'] }] },
  { kind: 'request-availability', service: 'payments', include: [{ attributes: { customer: 'g*' } }] },
  { kind: 'request-availability', service: 'payments', failure: [{ status: ['5xx', '404'] }] },
  { kind: 'request-availability', service: 'payments', good: [{ status: '2xx', durationUnder: '500ms' }] },
  { kind: 'request-availability', service: 'payments', exclude: [{ path: '/.env', method: 'GET' }, { status: 401 }] },
  { kind: 'request-latency', service: 'authentication', threshold: '300ms' },
  { kind: 'request-latency', service: 'authentication', threshold: '300ms', failedRequests: 'count' },
  {
    kind: 'request-latency',
    service: 'payments',
    threshold: '500ms',
    failedRequests: 'bad',
    endpoint: '* /accounts/*',
  },
  { kind: 'request-availability', service: 'silent' },
];

const defined = (name: string, indicator: Record<string, unknown>): ObjectiveDefinition =>
  objectiveSchema.parse({
    apiVersion: 'verdant/v1',
    kind: 'Objective',
    metadata: { name },
    spec: { owner: 'tests', audience: 'sre', target: '99%', indicator },
  });

function subjectOf(span: Span): RequestSubject | undefined {
  const request = requestOf(span);
  const textOf = (pairs: readonly string[], key: string): string | undefined => {
    const at = pairs.findIndex((name, index) => index % 2 === 0 && name === key);
    return at === -1 ? undefined : pairs[at + 1];
  };
  if (request === undefined) return undefined;
  return {
    request,
    durationNs: span.durationNs,
    attribute: (of, key) => textOf(of === 'span' ? span.attributes : span.resource.attributes, key),
  };
}

/** Good and valid per minute, one span after the other; minutes in which the service sent anything are there. */
function bruteForce(plan: RequestPlan, spans: readonly Span[]): Map<number, { good: number; valid: number }> {
  const minutes = new Map<number, { good: number; valid: number }>();
  for (const span of spans) {
    if (span.resource.service !== plan.service) continue;
    if (plan.namespace !== undefined && span.resource.namespace !== plan.namespace) continue;
    const minuteMs = Math.floor(Number(span.startNs / 1_000_000n) / MINUTE) * MINUTE;
    const tally = minutes.get(minuteMs) ?? { good: 0, valid: 0 };
    minutes.set(minuteMs, tally);
    const subject = subjectOf(span);
    if (subject === undefined || !holds(plan.valid, subject)) continue;
    tally.valid += 1;
    if (holds(plan.good, subject)) tally.good += 1;
  }
  return minutes;
}

/** The ledger in all its tiers is what counting one by one gives. */
async function expectCounted(ctx: ActingContext, known: KnownObjective, spans: readonly Span[]): Promise<void> {
  const expected = bruteForce(known.plan, spans);
  const rows = await ledgerMinutes(ctx.telemetry.engine, known.id);
  expect(new Map(rows.map(({ minuteMs, good, valid }) => [minuteMs, { good, valid }])), known.objective.name).toEqual(
    expected,
  );
  const total = { good: 0, valid: 0 };
  for (const { good, valid } of expected.values()) {
    total.good += good;
    total.valid += valid;
  }
  for (const tier of ['minute', 'hour', 'day'] as const) {
    expect(await ledgerTotal(ctx.telemetry.engine, tier, known), `${known.objective.name} by ${tier}`).toEqual(total);
  }
}

/** An engine on which writes of spans wait until they are let through. */
function withGate(engine: SqlEngine) {
  let open = (): void => {};
  let reach = (): void => {};
  const gate = new Promise<void>((resolve) => {
    open = resolve;
  });
  const reached = new Promise<void>((resolve) => {
    reach = resolve;
  });
  return {
    engine: {
      kind: engine.kind,
      version: engine.version,
      query: (...args) => engine.query(...args),
      command: (...args) => engine.command(...args),
      insertNative: async (...args) => {
        if (args[0] === 'spans') {
          reach();
          await gate;
        }
        await engine.insertNative(...args);
      },
      close: () => engine.close(),
    } satisfies SqlEngine,
    reached,
    open: () => open(),
  };
}

async function only(ctx: ActingContext): Promise<KnownObjective> {
  const [known, ...others] = await ctx.objectives.all();
  if (known === undefined || others.length > 0) throw new Error('this test has one objective');
  return known;
}

const LOGIN = defined('login', { kind: 'request-availability', service: 'authentication' });

describeOnBothStacks('evaluation', (stores) => {
  it('counts what counting one by one gives, in whatever order spans come', async () => {
    const { start, clock } = stores();
    const ctx = await start();
    const definitions = INDICATORS.map((indicator, index) => defined(`objective-${index}`, indicator));
    await applyObjectives(ctx, definitions, false);
    const spans = fc.sample(anySpan, { numRuns: 1500, seed: 7 });
    const rounds = [spans.slice(0, 700), spans.slice(700, 701), spans.slice(701)];
    for (const round of rounds) {
      await receive(ctx, round);
      await evaluateAll(ctx, clock);
    }
    const all = await ctx.objectives.all();
    expect(all).toHaveLength(INDICATORS.length);
    for (const known of all) await expectCounted(ctx, known, spans);
    expect((await ledgerTotal(ctx.telemetry.engine, 'day', all[0] ?? { id: 0, version: 0 })).valid).toBeGreaterThan(
      100,
    );
  });

  it('writes just the touched minutes anew when telemetry comes late', async () => {
    const { start, clock } = stores();
    const ctx = await start();
    await applyObjectives(ctx, [LOGIN], false);
    const { id } = await only(ctx);
    const spans = Array.from({ length: 20 }, (_, index) => makeRequestSpan({ atMs: NOON - index * HOUR }));
    await receive(ctx, spans);
    await evaluateAll(ctx, clock);
    const before = await ledgerMinutes(ctx.telemetry.engine, id);
    const late = [
      makeRequestSpan({ atMs: NOON - 5 * HOUR + 10, status: 500 }),
      makeRequestSpan({ atMs: NOON - 23 * HOUR + 10 }),
    ];
    await receive(ctx, late);
    await evaluateAll(ctx, clock);
    const after = await ledgerMinutes(ctx.telemetry.engine, id);
    const changed = after.filter((row) => !before.some((old) => old.revision === row.revision));
    expect(changed.map(({ minuteMs, good, valid }) => ({ minuteMs, good, valid }))).toEqual([
      { minuteMs: NOON - 23 * HOUR, good: 1, valid: 1 },
      { minuteMs: NOON - 5 * HOUR, good: 1, valid: 2 },
    ]);
    expect(after).toHaveLength(21);
    await expectCounted(ctx, await only(ctx), [...spans, ...late]);
  });

  it('changes nothing when a payload is repeated, by the same process or by the next', async () => {
    const { start, clock } = stores();
    const ctx = await start();
    await applyObjectives(ctx, [LOGIN], false);
    const { id } = await only(ctx);
    const payload = Array.from({ length: 30 }, (_, index) => makeRequestSpan({ atMs: NOON - index * 1000 }));
    await receive(ctx, payload);
    await evaluateAll(ctx, clock);
    const before = await ledgerMinutes(ctx.telemetry.engine, id);
    await receive(ctx, payload);
    expect(await evaluateAll(ctx, clock)).toEqual([]);
    const restarted = await start();
    await receive(restarted, payload);
    expect(await evaluateAll(restarted, clock)).toEqual([]);
    expect(await ledgerMinutes(ctx.telemetry.engine, id)).toEqual(before);
  });

  it('goes on after a restart where it stood: what came before and after is counted once', async () => {
    const { start, clock } = stores();
    const first = await start();
    await applyObjectives(first, [LOGIN], false);
    const counted = [makeRequestSpan({ atMs: NOON - MINUTE }), makeRequestSpan({ atMs: NOON, status: 500 })];
    await receive(first, counted);
    await evaluateAll(first, clock);
    const waiting = [makeRequestSpan({ atMs: NOON + 1 }), makeRequestSpan({ atMs: NOON - 3 * HOUR })];
    await receive(first, waiting);
    const second = await start();
    expect(second.evaluation.cursor).toEqual(first.evaluation.cursor);
    const fresh = [makeRequestSpan({ atMs: NOON + 2 })];
    await receive(second, fresh);
    expect(await evaluateAll(second, clock)).toEqual(['login']);
    await expectCounted(second, await only(second), [...counted, ...waiting, ...fresh]);
    expect(await evaluateAll(second, clock)).toEqual([]);
  });

  it('counts nothing twice after a crash between writing slices and moving the cursor', async () => {
    const { start, clock, catalog } = stores();
    const first = await start();
    await applyObjectives(first, [LOGIN], false);
    const spans = [makeRequestSpan({ atMs: NOON - DAY }), makeRequestSpan({ atMs: NOON, status: 500 })];
    await receive(first, spans.slice(0, 1));
    await evaluateAll(first, clock);
    const cursor = await readCursor(catalog.db, 'evaluation');
    await receive(first, spans.slice(1));
    await evaluateAll(first, clock);
    await writeCursor(catalog.db, 'evaluation', cursor ?? '');
    const second = await start();
    expect(await evaluateAll(second, clock)).toEqual(['login']);
    await expectCounted(second, await only(second), spans);
  });

  it('holds the newest count also when the clock was set back across a crash', async () => {
    const { start, clock, catalog } = stores();
    const first = await start();
    await applyObjectives(first, [LOGIN], false);
    const spans = [makeRequestSpan({ atMs: NOON }), makeRequestSpan({ atMs: NOON, status: 500 })];
    await receive(first, spans.slice(0, 1));
    // The crash comes after the slices are written: the cursor is never moved.
    const crashing: ActingContext = {
      ...first,
      telemetry: { ...first.telemetry, engine: withoutRollUp(stores().engine) },
    };
    clock.advance(40_000);
    await expect(evaluateFresh(crashing)).rejects.toThrow('the crash');
    expect(await readCursor(catalog.db, 'evaluation')).toMatch(/^0 /);
    clock.advance(-HOUR);
    const second = await start();
    await receive(second, spans.slice(1));
    clock.advance(5 * MINUTE);
    await evaluateAll(second, clock);
    await expectCounted(second, await only(second), spans);
  });

  it('moves the watermark only when everything before it is counted: a slow write holds it back', async () => {
    const { start, clock, engine } = stores();
    const gate = withGate(engine);
    const ctx = await start({ engine: gate.engine });
    await applyObjectives(ctx, [LOGIN], false);
    await evaluateAll(ctx, clock);
    const began = clock.now();
    const slow = receive(ctx, [makeRequestSpan({ atMs: began })]);
    await gate.reached;
    clock.advance(10 * MINUTE);
    await evaluateAll(ctx, clock);
    expect(ctx.evaluation.watermarkMs).toBeLessThan(began);
    gate.open();
    await slow;
    expect(await evaluateAll(ctx, clock)).toEqual(['login']);
    expect(ctx.evaluation.watermarkMs).toBeGreaterThan(began + 10 * MINUTE);
    expect(await ledgerTotal(engine, 'day', await only(ctx))).toEqual({ good: 1, valid: 1 });
  });

  it('never touches minutes that are older than spans are kept, since some of theirs may be gone', async () => {
    const { start, clock, engine } = stores();
    const config = { spanRetention: DAY };
    const ctx = await start({ config });
    await applyObjectives(ctx, [LOGIN], false);
    const { id } = await only(ctx);
    const edge = NOON - DAY;
    await receive(
      ctx,
      [edge - 30_000, edge + 30_000, edge + 90_000].map((atMs) => makeRequestSpan({ atMs })),
    );
    await receive(ctx, [makeRequestSpan({ atMs: NOON })]);
    clock.advance(15_000);
    await evaluateAll(ctx, clock);
    // 40 s more were waited for: the edge is inside the first minute, and only whole minutes count.
    expect((await ledgerMinutes(engine, id)).map(({ minuteMs }) => minuteMs - edge)).toEqual([MINUTE, DAY]);
  });

  it('leaves objectives of other services alone', async () => {
    const { start, clock } = stores();
    const ctx = await start();
    await applyObjectives(ctx, [LOGIN, objectiveDefinition('payments')], false);
    await receive(ctx, [makeRequestSpan({ atMs: NOON })]);
    expect(await evaluateAll(ctx, clock)).toEqual(['login']);
  });
});

/** An engine that dies where hours are summed from minutes. */
function withoutRollUp(engine: SqlEngine): SqlEngine {
  return {
    kind: engine.kind,
    version: engine.version,
    query: (...args) => engine.query(...args),
    command: async (...args) => {
      if (args[0].startsWith('INSERT INTO ledger_hour')) throw new Error('the crash');
      await engine.command(...args);
    },
    insertNative: (...args) => engine.insertNative(...args),
    close: () => engine.close(),
  };
}
