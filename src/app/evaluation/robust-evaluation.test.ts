import { expect, it } from 'vitest';
import { engineWith } from '../../../test/factories/engine-with.ts';
import { ledgerMinutes, ledgerTotal } from '../../../test/factories/ledger-rows.ts';
import { makeRequestSpan } from '../../../test/factories/request-spans.ts';
import { describeOnBothStacks, evaluateAll, NOON, receive } from '../../../test/factories/verdant-context.ts';
import { type ObjectiveDefinition, objectiveSchema } from '../../contract/definitions/objective.ts';
import { VerdantError } from '../../contract/errors.ts';
import type { SqlEngine } from '../../store/telemetry/engine/sql-engine.ts';
import { applyObjectives } from '../objective/apply-definitions.ts';
import { type KnownObjective, ObjectiveBook } from '../objective/objective-book.ts';
import { getObjective } from '../objective/read-objectives.ts';
import { readStatus } from '../objective/read-status.ts';
import type { ActingContext } from '../verdant-context.ts';
import { backFillStep } from './back-fill.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const defined = (name: string, indicator: Record<string, unknown> = {}): ObjectiveDefinition =>
  objectiveSchema.parse({
    apiVersion: 'verdant/v1',
    kind: 'Objective',
    metadata: { name },
    spec: {
      owner: 'tests',
      audience: 'sre',
      target: '99%',
      indicator: { kind: 'request-availability', service: 'authentication', ...indicator },
    },
  });

async function known(ctx: ActingContext, name: string): Promise<KnownObjective> {
  const objective = await ctx.objectives.find(name);
  if (objective === undefined) throw new Error(`no objective ${name}`);
  return objective;
}

/** An engine that can group the requests of some minutes at once and no more. */
function weak(engine: SqlEngine, minutes: number): SqlEngine {
  return engineWith(engine, {
    query: async (sql, shape, params, options) => {
      const ends = Object.values(params ?? {}).filter((value) => typeof value === 'number' && value > 1e12);
      const asked = ends.reduce<number>((sum, end, index) => sum + (index % 2 === 0 ? -1 : 1) * Number(end), 0);
      if (sql.includes('AS matched') && asked > minutes * MINUTE) throw new VerdantError('query-too-heavy');
      return engine.query(sql, shape, params, options);
    },
  });
}

/** A book whose first answer is from before the newest change, as when it joins a reading that is under way. */
class LateBook extends ObjectiveBook {
  #late: readonly KnownObjective[] | undefined;

  async fallBehind(): Promise<void> {
    this.#late = await super.all();
  }

  override async all(): Promise<readonly KnownObjective[]> {
    const answer = this.#late ?? (await super.all());
    this.#late = undefined;
    return answer;
  }
}

describeOnBothStacks('evaluation goes on', (stores) => {
  it('with an objective that asks for more texts than one number has bits', async () => {
    const { start, clock, engine } = stores();
    const ctx = await start();
    const path = Array.from({ length: 100 }, (_, index) => `/bogus-${index}/*`);
    const exclude = [{ path }, { userAgent: path, path: '/never' }];
    await applyObjectives(ctx, [defined('many', { exclude }), defined('one')], false);
    const spans = [0, 51, 52, 53, 54, 98, 99].map((index) =>
      makeRequestSpan({ atMs: NOON, path: `/bogus-${index}/x`, route: '/x' }),
    );
    await receive(ctx, [...spans, makeRequestSpan({ atMs: NOON, status: 500 })]);
    await evaluateAll(ctx, clock);
    expect(await ledgerTotal(engine, 'day', await known(ctx, 'many'))).toEqual({ good: 0, valid: 1 });
    expect(await ledgerTotal(engine, 'day', await known(ctx, 'one'))).toEqual({ good: 7, valid: 8 });
  });

  it('and misses nothing that comes after the clock was set back', async () => {
    const { start, clock, engine } = stores();
    const ctx = await start();
    await applyObjectives(ctx, [defined('login')], false);
    await receive(ctx, [makeRequestSpan({ atMs: NOON })]);
    await evaluateAll(ctx, clock);
    clock.advance(5 * MINUTE);
    await evaluateAll(ctx, clock);
    clock.advance(-HOUR);
    await receive(ctx, [makeRequestSpan({ atMs: NOON })]);
    clock.advance(2 * HOUR);
    await evaluateAll(ctx, clock);
    expect(await ledgerTotal(engine, 'day', await known(ctx, 'login'))).toEqual({ good: 2, valid: 2 });
    clock.advance(-HOUR);
    const restarted = await start();
    await receive(restarted, [makeRequestSpan({ atMs: NOON })]);
    clock.advance(2 * HOUR);
    await evaluateAll(restarted, clock);
    expect(await ledgerTotal(engine, 'day', await known(restarted, 'login'))).toEqual({ good: 3, valid: 3 });
  });

  it('and shows the present after the clock was ahead for a while', async () => {
    const { start, clock } = stores();
    const ctx = await start();
    await applyObjectives(ctx, [defined('login')], false);
    clock.advance(30 * HOUR);
    await evaluateAll(ctx, clock);
    clock.set(NOON);
    await receive(ctx, [makeRequestSpan({ atMs: NOON - MINUTE })]);
    clock.advance(31 * HOUR);
    await evaluateAll(ctx, clock);
    clock.set(NOON + MINUTE);
    const status = await readStatus(ctx, 'login', { windows: '1h', spark: 0 });
    expect(status.watermark).toBe(new Date(NOON + MINUTE).toISOString());
    expect(status.windows[0]).toMatchObject({ good: 1, valid: 1 });
  });

  it('and knows old minutes better than what is left of them when spans are kept longer again', async () => {
    const { start, clock, engine } = stores();
    const day = { spanRetention: 24 * HOUR };
    const first = await start({ config: day });
    await applyObjectives(first, [defined('login')], false);
    await receive(
      first,
      Array.from({ length: 10 }, () => makeRequestSpan({ atMs: NOON })),
    );
    await evaluateAll(first, clock);
    clock.advance(48 * HOUR);
    await evaluateAll(first, clock);
    await engine.command('TRUNCATE TABLE spans');
    const second = await start();
    await receive(second, [
      makeRequestSpan({ atMs: NOON, status: 500 }),
      makeRequestSpan({ atMs: NOON + 25 * HOUR, status: 500 }),
    ]);
    await evaluateAll(second, clock);
    expect(await ledgerTotal(engine, 'day', await known(second, 'login'))).toEqual({ good: 10, valid: 11 });
  });

  it('in smaller steps where many minutes at once are too heavy', async () => {
    const { start, clock, engine } = stores();
    const ctx = await start({ engine: weak(engine, 45) });
    await applyObjectives(ctx, [defined('login')], false);
    await receive(
      ctx,
      Array.from({ length: 300 }, (_, index) => makeRequestSpan({ atMs: NOON - index * MINUTE })),
    );
    await evaluateAll(ctx, clock);
    expect(await ledgerTotal(engine, 'hour', await known(ctx, 'login'))).toEqual({ good: 300, valid: 300 });
    const hopeless = await start({ engine: weak(engine, 0) });
    await receive(hopeless, [makeRequestSpan({ atMs: NOON })]);
    await expect(evaluateAll(hopeless, clock)).rejects.toMatchObject({ code: 'query-too-heavy' });
  });

  it('to the history of an objective that a reading under way did not see yet', async () => {
    const { start, clock, engine, catalog } = stores();
    const book = new LateBook(catalog);
    const ctx: ActingContext = { ...(await start()), objectives: book };
    await receive(ctx, [makeRequestSpan({ atMs: NOON })]);
    await evaluateAll(ctx, clock);
    await book.fallBehind();
    await applyObjectives(ctx, [defined('login')], false);
    await backFillStep(ctx);
    expect((await getObjective(ctx, 'login')).backfill.state).not.toBe('done');
    await evaluateAll(ctx, clock);
    expect(await ledgerTotal(engine, 'day', await known(ctx, 'login'))).toEqual({ good: 1, valid: 1 });
  });

  it('without counting minutes anew in which only services without objectives sent something', async () => {
    const { start, clock, engine } = stores();
    const ctx = await start();
    await applyObjectives(ctx, [defined('login')], false);
    await receive(ctx, [makeRequestSpan({ atMs: NOON - 3 * HOUR })]);
    await evaluateAll(ctx, clock);
    const { id } = await known(ctx, 'login');
    const before = await ledgerMinutes(engine, id);
    await receive(ctx, [
      makeRequestSpan({ atMs: NOON - 3 * HOUR, service: 'import' }),
      makeRequestSpan({ atMs: NOON, service: 'authentication' }),
    ]);
    await evaluateAll(ctx, clock);
    expect((await ledgerMinutes(engine, id)).slice(0, 1)).toEqual(before);
  });
});
