import { expect, it } from 'vitest';
import { type LedgerMinute, ledgerMinutes, ledgerTotal } from '../../../test/factories/ledger-rows.ts';
import { makeRequestSpan } from '../../../test/factories/request-spans.ts';
import { describeOnBothStacks, evaluateAll, NOON, receive } from '../../../test/factories/verdant-context.ts';
import { type ObjectiveDefinition, objectiveSchema } from '../../contract/definitions/objective.ts';
import type { SqlEngine } from '../../store/telemetry/engine/sql-engine.ts';
import { applyDefinitions, applyObjectives } from '../objective/apply-definitions.ts';
import { deleteObjective } from '../objective/delete-objective.ts';
import type { KnownObjective } from '../objective/objective-book.ts';
import { getObjective } from '../objective/read-objectives.ts';
import { readStatus } from '../objective/read-status.ts';
import type { ActingContext } from '../verdant-context.ts';
import { backFillStep } from './back-fill.ts';
import { evaluateFresh } from './evaluate-fresh.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const defined = (name: string, spec: Record<string, unknown> = {}): ObjectiveDefinition =>
  objectiveSchema.parse({
    apiVersion: 'verdant/v1',
    kind: 'Objective',
    metadata: { name },
    spec: {
      owner: 'tests',
      audience: 'sre',
      target: '99%',
      indicator: { kind: 'request-availability', service: 'authentication' },
      ...spec,
    },
  });

const latency = { kind: 'request-latency', service: 'authentication', threshold: '300ms' };

/** One request in each of the last hours; every tenth fails, every fourth is slow. */
const hourly = (hours: number) =>
  Array.from({ length: hours }, (_, index) =>
    makeRequestSpan({
      atMs: NOON - index * HOUR - MINUTE,
      status: index % 10 === 0 ? 500 : 200,
      durationMs: index % 4 === 0 ? 400 : 20,
    }),
  );

async function known(ctx: ActingContext, name: string): Promise<KnownObjective> {
  const objective = await ctx.objectives.find(name);
  if (objective === undefined) throw new Error(`no objective ${name}`);
  return objective;
}

const counts = (rows: readonly LedgerMinute[], version: number) => {
  const own = rows.filter((row) => row.version === version);
  return { minutes: own.length, good: own.reduce((sum, { good }) => sum + good, 0) };
};

/** An engine that lets something happen right after it answered a question, once. */
function interrupted(engine: SqlEngine, question: string, happen: () => Promise<void>): SqlEngine {
  let done = false;
  return {
    kind: engine.kind,
    version: engine.version,
    query: async (...args) => {
      const answer = await engine.query(...args);
      if (!done && args[0].includes(question)) {
        done = true;
        await happen();
      }
      return answer;
    },
    command: (...args) => engine.command(...args),
    insertNative: (...args) => engine.insertNative(...args),
    close: () => engine.close(),
  };
}

describeOnBothStacks('history', (stores) => {
  it('of a new objective is computed at once from what is stored, newest first, and tells how far it is', async () => {
    const { start, clock, engine } = stores();
    const ctx = await start();
    await receive(ctx, hourly(60));
    await evaluateAll(ctx, clock);
    await applyObjectives(ctx, [defined('login')], false);
    expect((await getObjective(ctx, 'login')).backfill).toEqual({ state: 'waiting', progress: 0 });
    expect(await backFillStep(ctx)).toEqual(['login']);
    const underWay = await getObjective(ctx, 'login');
    expect(underWay.backfill).toMatchObject({ state: 'running' });
    expect(underWay.backfill.progress).toBeGreaterThan(0.1);
    expect(underWay.backfill.progress).toBeLessThan(0.5);
    const half = await readStatus(ctx, 'login', { windows: '5h,7d', spark: 0 });
    expect(half.windows.map(({ valid }) => valid)).toEqual([5, 12]);
    await evaluateAll(ctx, clock);
    expect((await getObjective(ctx, 'login')).backfill).toEqual({ state: 'done', progress: 1 });
    const whole = await readStatus(ctx, 'login', { windows: '5h,7d', spark: 0 });
    expect(whole.windows.map(({ valid, good }) => [valid, good])).toEqual([
      [5, 4],
      [60, 54],
    ]);
    const { id } = await known(ctx, 'login');
    expect(await ledgerMinutes(engine, id)).toHaveLength(60);
  });

  it('goes on after a restart in its midst, and is counted once', async () => {
    const { start, clock, engine } = stores();
    const first = await start();
    await receive(first, hourly(80));
    await evaluateAll(first, clock);
    await applyObjectives(first, [defined('login')], false);
    await backFillStep(first);
    await backFillStep(first);
    const second = await start();
    const before = (await getObjective(second, 'login')).backfill;
    expect(before.state).toBe('running');
    await receive(second, [makeRequestSpan({ atMs: NOON - 2 * DAY })]);
    await evaluateAll(second, clock);
    expect((await getObjective(second, 'login')).backfill).toEqual({ state: 'done', progress: 1 });
    const objective = await known(second, 'login');
    for (const tier of ['minute', 'hour', 'day'] as const) {
      expect(await ledgerTotal(engine, tier, objective), tier).toEqual({ good: 73, valid: 81 });
    }
  });

  it('has no gap where telemetry arrives while the objective is being made', async () => {
    const { start, clock, engine } = stores();
    const arriving = [makeRequestSpan({ atMs: NOON + 3 * MINUTE }), makeRequestSpan({ atMs: NOON - 9 * HOUR })];
    const meanwhile = async (): Promise<void> => {
      await receive(ctx, arriving);
      clock.advance(40_000);
      await evaluateFresh(ctx);
    };
    const ctx: ActingContext = await start({
      engine: interrupted(engine, 'toStartOfMinute(toDateTime(min(time)', meanwhile),
    });
    await receive(ctx, hourly(5));
    await evaluateAll(ctx, clock);
    await applyObjectives(ctx, [defined('login')], false);
    await evaluateAll(ctx, clock);
    expect(await ledgerTotal(engine, 'day', await known(ctx, 'login'))).toEqual({ good: 6, valid: 7 });
  });

  it('has no gap where an objective is made while a run of evaluation is under way', async () => {
    const { start, clock, engine } = stores();
    const ctx: ActingContext = await start({
      engine: interrupted(engine, 'ingested_at > from', async () => {
        await applyObjectives(ctx, [defined('login')], false);
      }),
    });
    await receive(ctx, hourly(5));
    await evaluateAll(ctx, clock);
    await evaluateAll(ctx, clock);
    expect(await ledgerTotal(engine, 'day', await known(ctx, 'login'))).toEqual({ good: 4, valid: 5 });
  });

  it('of a changed indicator is a version of its own, beside the old one', async () => {
    const { start, clock, engine } = stores();
    const ctx = await start();
    await receive(ctx, hourly(20));
    await applyObjectives(ctx, [defined('login')], false);
    await evaluateAll(ctx, clock);
    const [change] = await applyObjectives(ctx, [defined('login', { indicator: latency })], false);
    expect(change).toMatchObject({ action: 'update', newIndicatorVersion: true });
    const objective = await known(ctx, 'login');
    expect(objective.version).toBe(2);
    const empty = await readStatus(ctx, 'login', { windows: '24h', spark: 0 });
    expect(empty.windows[0]).toMatchObject({ state: 'no-data', valid: 0 });
    await evaluateAll(ctx, clock);
    const rows = await ledgerMinutes(engine, objective.id);
    // Of 18 requests that did not fail, index 0 and 10 having failed, 4 are slow.
    expect(counts(rows, 1)).toEqual({ minutes: 20, good: 18 });
    expect(counts(rows, 2)).toEqual({ minutes: 20, good: 14 });
    const now = await readStatus(ctx, 'login', { windows: '24h', spark: 0 });
    expect(now.windows[0]).toMatchObject({ valid: 18, good: 14 });
  });

  it('is kept as it is when target, windows or words change, or the same indicator is written otherwise', async () => {
    const { start, clock, engine } = stores();
    const ctx = await start();
    const excluding = (...userAgent: string[]) => ({
      kind: 'request-availability',
      service: 'authentication',
      exclude: [{ userAgent }],
    });
    await receive(ctx, hourly(20));
    await applyObjectives(ctx, [defined('login', { indicator: excluding('x*', 'y*') })], false);
    await evaluateAll(ctx, clock);
    const { id } = await known(ctx, 'login');
    const before = await ledgerMinutes(engine, id);
    const changed = { target: '85%', windows: ['2h', '90d'], owner: 'others', indicator: excluding('y*', 'x*') };
    const [change] = await applyObjectives(ctx, [defined('login', changed)], false);
    expect(change).toMatchObject({ action: 'update', newIndicatorVersion: false });
    expect((await getObjective(ctx, 'login')).backfill).toEqual({ state: 'done', progress: 1 });
    await evaluateAll(ctx, clock);
    expect(await known(ctx, 'login')).toMatchObject({ id, version: 1 });
    expect(await ledgerMinutes(engine, id)).toEqual(before);
    const status = await readStatus(ctx, 'login', { spark: 0 });
    expect(status.windows.map(({ window, valid, state }) => [window, valid, state])).toEqual([
      ['2h', 2, 'violated'],
      ['90d', 20, 'healthy'],
    ]);
  });

  it('starts clean when an objective is deleted and made again under its old name', async () => {
    const { start, clock } = stores();
    const ctx = await start();
    await receive(ctx, hourly(10));
    await applyObjectives(ctx, [defined('login')], false);
    await evaluateAll(ctx, clock);
    const old = await known(ctx, 'login');
    await deleteObjective(ctx, 'login');
    await expect(readStatus(ctx, 'login', { spark: 0 })).rejects.toMatchObject({ code: 'not-found' });
    await applyObjectives(ctx, [defined('login', { indicator: { ...latency, service: 'payments' } })], false);
    const made = await known(ctx, 'login');
    expect(made.id).not.toBe(old.id);
    await evaluateAll(ctx, clock);
    const status = await readStatus(ctx, 'login', { windows: '24h', spark: 0 });
    expect(status.windows[0]).toMatchObject({ state: 'no-data', valid: 0, sli: null });
  });

  it('is dropped when its objective goes while it waits, and those behind it have their turn', async () => {
    const { start, clock, engine } = stores();
    const ctx = await start();
    await receive(ctx, hourly(50));
    await evaluateAll(ctx, clock);
    await applyObjectives(ctx, [defined('gone')], false);
    const { id } = await known(ctx, 'gone');
    await backFillStep(ctx);
    const before = await ledgerMinutes(engine, id);
    clock.advance(1);
    await applyDefinitions(ctx, { files: [{ path: 'a.yaml', text: YAML }], prune: true });
    await evaluateAll(ctx, clock);
    expect(await ledgerMinutes(engine, id)).toEqual(before);
    expect((await getObjective(ctx, 'staying')).backfill).toEqual({ state: 'done', progress: 1 });
    expect(await ledgerTotal(engine, 'hour', await known(ctx, 'staying'))).toEqual({ good: 45, valid: 50 });
  });
});

const YAML = `
apiVersion: verdant/v1
kind: Objective
metadata: { name: staying }
spec:
  owner: tests
  audience: sre
  target: 99%
  indicator: { kind: request-availability, service: authentication }
`;
