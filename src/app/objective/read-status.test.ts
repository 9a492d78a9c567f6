import { expect, it } from 'vitest';
import { makeRequestSpan } from '../../../test/factories/request-spans.ts';
import { describeOnBothStacks, evaluateAll, NOON, receive } from '../../../test/factories/verdant-context.ts';
import { type ObjectiveDefinition, objectiveSchema } from '../../contract/definitions/objective.ts';
import type { ActingContext } from '../verdant-context.ts';
import { applyObjectives } from './apply-definitions.ts';
import { readBoard } from './read-board.ts';
import { readStatus } from './read-status.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const WINDOWS = '5m,1h,24h,7d';

const defined = (name: string, spec: Record<string, unknown> = {}): ObjectiveDefinition =>
  objectiveSchema.parse({
    apiVersion: 'verdant/v1',
    kind: 'Objective',
    metadata: { name },
    spec: {
      owner: 'tests',
      audience: 'sre',
      target: '90%',
      indicator: {
        kind: 'request-availability',
        service: 'authentication',
        exclude: [{ userAgent: 'kube-probe/*' }],
      },
      ...spec,
    },
  });

const windowsOf = async (ctx: ActingContext, query: { windows?: string; at?: string }) =>
  (await readStatus(ctx, 'login', { spark: 0, ...query })).windows;

describeOnBothStacks('the status of an objective', (stores) => {
  it('is "no data" where no telemetry ever came, never a number', async () => {
    const { start, clock } = stores();
    const ctx = await start();
    await applyObjectives(ctx, [defined('login')], false);
    await evaluateAll(ctx, clock);
    const status = await readStatus(ctx, 'login', { windows: WINDOWS, spark: 3 });
    expect(status.state).toBe('no-data');
    for (const window of status.windows) {
      expect(window).toMatchObject({ state: 'no-data', sli: null, good: 0, valid: 0, coverage: 0 });
      expect(window.budget).toMatchObject({ remaining: null, spent: 0, remainingText: 'no events' });
      expect(window.burnRates.map(({ rate }) => rate)).toEqual(window.burnRates.map(() => null));
      expect(window.spark?.every((point) => point === null)).toBe(true);
    }
    const board = await readBoard(ctx, { spark: 0 });
    expect(board.rows.map(({ state }) => state)).toEqual(['no-data']);
  });

  it('counts minutes as observed in which the service was seen but nobody asked for anything', async () => {
    const { start, clock } = stores();
    const ctx = await start();
    await applyObjectives(ctx, [defined('login', { minimumCoverage: '75%' })], false);
    const minute = (back: number): number => NOON - back * MINUTE + 5000;
    await receive(ctx, [
      makeRequestSpan({ atMs: minute(10) }),
      // Of the nine minutes since: a probe, a call to others, silence in two, requests in the rest.
      makeRequestSpan({ atMs: minute(9), userAgent: 'kube-probe/1.29' }),
      makeRequestSpan({ atMs: minute(8), kind: 3 }),
      ...[5, 4, 3, 2, 1].map((back) => makeRequestSpan({ atMs: minute(back) })),
    ]);
    await evaluateAll(ctx, clock);
    const at = new Date(NOON).toISOString();
    expect(await windowsOf(ctx, { windows: '5m,10m,1h', at })).toMatchObject([
      { valid: 5, coverage: 1, state: 'healthy' },
      { valid: 6, coverage: 0.8, state: 'healthy' },
      { valid: 6, coverage: 0.8, state: 'healthy' },
    ]);
    await applyObjectives(ctx, [defined('login', { minimumCoverage: '81%' })], false);
    expect(await windowsOf(ctx, { windows: '5m,10m', at })).toMatchObject([
      { coverage: 1, state: 'healthy' },
      { coverage: 0.8, state: 'no-data', valid: 6 },
    ]);
  });

  it('at a past time is what it was then', async () => {
    const { start, clock } = stores();
    const ctx = await start();
    await applyObjectives(ctx, [defined('login')], false);
    const then: { at: string; windows: unknown }[] = [];
    for (let round = 0; round < 4; round++) {
      const now = NOON + round * 50 * MINUTE;
      await receive(
        ctx,
        Array.from({ length: 30 }, (_, index) =>
          makeRequestSpan({ atMs: now - index * MINUTE - 1, status: index % (round + 3) === 0 ? 500 : 200 }),
        ),
      );
      clock.set(now + MINUTE);
      await evaluateAll(ctx, clock);
      const at = new Date(now).toISOString();
      then.push({ at, windows: withoutWatermark(await windowsOf(ctx, { windows: WINDOWS, at })) });
    }
    clock.advance(9 * HOUR);
    await receive(ctx, [makeRequestSpan({ atMs: clock.now() })]);
    await evaluateAll(ctx, clock);
    expect(new Set(then.map(({ windows }) => JSON.stringify(windows))).size).toBe(4);
    for (const { at, windows } of then) {
      expect(withoutWatermark(await windowsOf(ctx, { windows: WINDOWS, at })), at).toEqual(windows);
    }
  });

  it('ends at the watermark, also when it is asked for later than that', async () => {
    const { start, clock } = stores();
    const ctx = await start();
    await applyObjectives(ctx, [defined('login')], false);
    await receive(ctx, [makeRequestSpan({ atMs: NOON })]);
    await evaluateAll(ctx, clock);
    const [now] = await windowsOf(ctx, { windows: '1h' });
    const [future] = await windowsOf(ctx, { windows: '1h', at: new Date(NOON + 40 * HOUR).toISOString() });
    expect(future).toEqual(now);
    expect(new Date(now?.to ?? 0).getTime() - ctx.evaluation.watermarkMs).toBeLessThan(MINUTE);
  });
});

/** The watermark says how far counting is now; all else belongs to the time asked for. */
const withoutWatermark = (windows: readonly { readonly watermark: string }[]) =>
  windows.map(({ watermark: _watermark, ...rest }) => rest);
