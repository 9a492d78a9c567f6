import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { pgliteCatalogs } from '../../test/factories/catalogs.ts';
import { openTestChdb } from '../../test/factories/clickhouse.ts';
import { engineWith } from '../../test/factories/engine-with.ts';
import { objectiveDefinition } from '../../test/factories/objective-definition.ts';
import { makeRequestSpan } from '../../test/factories/request-spans.ts';
import { freshStores, NOON, receive } from '../../test/factories/verdant-context.ts';
import { applyObjectives } from '../app/objective/apply-definitions.ts';
import type { VerdantContext } from '../app/verdant-context.ts';
import type { EvaluatedEvent } from '../contract/api/live.ts';
import { EvaluationJob } from './evaluation-job.ts';

const HOUR = 3_600_000;

describe('the job of evaluation', () => {
  const stores = freshStores(openTestChdb, pgliteCatalogs());
  const jobs: EvaluationJob[] = [];
  afterEach(async () => {
    for (const job of jobs.splice(0)) {
      await job.stop();
      await job.finish();
    }
  });

  /** A job on a context, what it told the log and what live pages heard. */
  const jobOn = (ctx: VerdantContext) => {
    const logged: string[] = [];
    const heard: EvaluatedEvent[] = [];
    ctx.live.subscribe((event) => heard.push(event));
    const job = new EvaluationJob(ctx, { error: ({ err }: { err?: unknown }) => logged.push(String(err)) });
    jobs.push(job);
    return { job, logged, heard };
  };

  it('tells live pages what is fresh also when computing a history fails', async () => {
    const { start, engine, clock } = stores();
    const broken = engineWith(engine, {
      query: (sql, ...rest) => {
        if (sql.includes('toDateTime(min(time)')) throw new Error('no history today');
        return engine.query(sql, ...rest);
      },
    });
    const ctx = await start({ engine: broken });
    const service = 'payments';
    await applyObjectives(ctx, [objectiveDefinition('login')], false);
    await receive(ctx, [makeRequestSpan({ atMs: NOON, service })]);
    clock.advance(1000);
    const { job, logged, heard } = jobOn(ctx);
    await job.runOnce();
    expect(logged).toEqual(['Error: no history today']);
    expect(heard.map(({ changed }) => changed)).toEqual([['login']]);
    expect(ctx.evaluation.failures).toBe(1);
  });

  it('tells the pages of a process that does not evaluate when another one wrote to the ledger', async () => {
    const { start, clock } = stores();
    const [ctx, other] = [await start(), await start()];
    const service = 'payments';
    await applyObjectives(ctx, [objectiveDefinition('login')], false);
    const evaluating = jobOn(ctx);
    const following = jobOn(other);
    await evaluating.job.runOnce();
    await following.job.runOnce();
    following.heard.length = 0;
    clock.advance(1000);
    await evaluating.job.runOnce();
    await following.job.runOnce();
    expect(following.heard).toEqual([{ watermark: new Date(NOON + 999).toISOString(), changed: [] }]);
    await receive(ctx, [makeRequestSpan({ atMs: NOON, service })]);
    clock.advance(1000);
    await evaluating.job.runOnce();
    await following.job.runOnce();
    await following.job.runOnce();
    expect(following.heard.map(({ changed }) => changed)).toEqual([[], ['login']]);
    expect([...evaluating.logged, ...following.logged]).toEqual([]);
  });

  it('runs on at its interval when the clock is set back in the midst of a run', async () => {
    const { start, engine, clock } = stores();
    let runs = 0;
    const setBack = engineWith(engine, {
      query: (sql, ...rest) => {
        if (sql.includes('ingested_at > from')) {
          runs += 1;
          clock.advance(runs === 1 ? -HOUR : 1);
        }
        return engine.query(sql, ...rest);
      },
    });
    const ctx = await start({ engine: setBack, config: { evaluationInterval: 50 } });
    const { job, logged } = jobOn(ctx);
    job.start();
    for (let tries = 0; ctx.evaluation.runs < 3; tries++) {
      if (tries > 500) throw new Error(`it ran ${ctx.evaluation.runs} times only`);
      await sleep(10);
    }
    expect(logged).toEqual([]);
  });
});
