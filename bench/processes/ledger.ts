import pino from 'pino';
import { z } from 'zod';
import { systemActor } from '../../src/app/access/actor.ts';
import { evaluateFresh } from '../../src/app/evaluation/evaluate-fresh.ts';
import { applyObjectives } from '../../src/app/objective/apply-definitions.ts';
import { readBoard } from '../../src/app/objective/read-board.ts';
import { acceptSpans } from '../../src/app/telemetry/accept-spans.ts';
import { VERSION } from '../../src/contract/version.ts';
import { windowSlices } from '../../src/core/slo/window.ts';
import { decodeTracesProtobuf } from '../../src/ingest/otlp/decode-protobuf.ts';
import { parseDuration } from '../../src/lib/duration.ts';
import { bootVerdant, type RunningVerdant } from '../../src/main/boot.ts';
import { readConfig } from '../../src/main/read-config.ts';
import { BoundValues, conditionSql } from '../../src/store/telemetry/condition-sql.ts';
import { cell } from '../../src/store/telemetry/engine/sql-engine.ts';
import { slotIn } from '../../src/store/telemetry/questions/ledger-tiers.ts';
import { rollUp } from '../../src/store/telemetry/questions/roll-up.ts';
import { loadPlanSchema, payloadsOf } from '../load/load-plan.ts';
import { objectiveFor, WINDOWS } from '../load/objectives.ts';
import { answerCalls } from '../measure/answer-calls.ts';

/** Verdant's own parts in one process, without the timer of the evaluation: each step is called and measured alone. */
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const ANY_TIME = { oldestNs: 0n, newestNs: 2n ** 63n };

let verdant: RunningVerdant | undefined;

function running(): RunningVerdant {
  if (verdant === undefined) throw new Error('not opened');
  return verdant;
}

const openSchema = z.object({ dir: z.string(), objectives: z.number(), services: z.number() });

async function open(input: unknown): Promise<{ url: string; token: string }> {
  const { dir, objectives, services } = openSchema.parse(input);
  const flags = { data: dir, port: 0, otlpHttpPort: 0, evaluationInterval: '24h', open: false };
  const config = await readConfig({ flags, env: {}, file: undefined });
  verdant = await bootVerdant({ config, version: VERSION, logger: pino({ level: 'silent' }) });
  const acting = { ...verdant.ctx, actor: systemActor };
  const definitions = Array.from({ length: objectives }, (_, index) => objectiveFor(index, services));
  await applyObjectives(acting, definitions, false);
  return { url: verdant.url, token: verdant.adminToken ?? '' };
}

/** Writes minutes of all objectives as the engine itself can make them, then sums them up by Verdant's own statement. */
async function fill(input: unknown): Promise<{ rows: number }> {
  const { days } = z.object({ days: z.number() }).parse(input);
  const { engine } = running().ctx.telemetry;
  const objectives = await running().ctx.objectives.all();
  const ids = objectives.map(({ id }) => id).sort((a, b) => a - b);
  const now = Math.floor(Date.now() / MINUTE_MS) * MINUTE_MS;
  const end = Math.floor(now / DAY_MS) * DAY_MS + DAY_MS;
  for (let day = days; day >= 0; day--) {
    const from = end - (day + 1) * DAY_MS;
    await engine.command(
      `INSERT INTO ledger_minute (objective, version, slot, good, valid, data_minutes, idle_minutes, first_minute, revision)
       WITH {ids:Array(UInt32)} AS ids, length(ids) AS many,
         {from:UInt32} + intDiv(number, 60 * many) * 3600 + (number % 60) * 60 AS at,
         toUInt64(60 + 50 * sin(at / 13751) + intHash32(number) % 40) AS total
       SELECT ids[1 + intDiv(number, 60) % many], 1, toDateTime(at, 'UTC'),
         total - if(intHash32(number + 1) % 20 = 0, intHash32(number + 2) % 3, 0), total, 1, 0, toDateTime(at, 'UTC'), 1
       FROM numbers(toUInt64(1440 * many)) WHERE at < {until:UInt32}`,
      { ids, from: from / 1000, until: now / 1000 },
      { timeoutMs: 120_000 },
    );
    if (day % 10 === 0) {
      await rollUp(engine, ids, [{ fromMs: from - 9 * DAY_MS, toMs: Math.min(now, from + DAY_MS) }], 1n);
    }
  }
  const [row] = await engine.query('SELECT count() FROM ledger_minute', { rows: cell.int });
  return { rows: row?.rows ?? 0 };
}

/** Bytes on disk per row, after all that merges could save. */
async function sizes(): Promise<Record<string, { rows: number; bytes: number }>> {
  const { engine } = running().ctx.telemetry;
  for (const table of ['spans', 'ledger_minute', 'ledger_hour', 'ledger_day']) {
    await engine.command(`OPTIMIZE TABLE ${table} FINAL`);
  }
  const rows = await engine.query(
    `SELECT table, sum(rows), sum(bytes_on_disk) FROM system.parts
     WHERE active AND database = currentDatabase() AND (table = 'spans' OR table LIKE 'ledger%') GROUP BY table`,
    { table: cell.text, rows: cell.int, bytes: cell.int },
  );
  return Object.fromEntries(rows.map(({ table, rows, bytes }) => [table, { rows, bytes }]));
}

interface Timed {
  readonly ms: number;
  /** CPU of the whole process, its engine with it. */
  readonly cpuMs: number;
}

async function timed(work: () => Promise<unknown>): Promise<Timed> {
  const before = process.cpuUsage();
  const started = performance.now();
  await work();
  const ms = performance.now() - started;
  const { user, system } = process.cpuUsage(before);
  return { ms, cpuMs: (user + system) / 1000 };
}

async function board(input: unknown): Promise<Timed> {
  const { spark } = z.object({ spark: z.number() }).parse(input);
  const acting = { ...running().ctx, actor: systemActor };
  return timed(() => readBoard(acting, { windows: WINDOWS.join(','), spark }));
}

/** The same sums from minutes alone: what the board would cost without hours and days. */
async function boardFromMinutes(): Promise<Timed> {
  const { ctx } = running();
  const ids = (await ctx.objectives.all()).map(({ id }) => id);
  const spans = WINDOWS.map((text) => windowSlices(parseDuration(text) ?? 0, ctx.evaluation.watermarkMs));
  const sums = (column: string): string =>
    spans.map((span) => `sumIf(${column}, ${slotIn('minute', [span])})`).join(', ');
  return timed(() =>
    ctx.telemetry.engine.command(
      `SELECT objective, version, ${sums('good')}, ${sums('valid')} FROM ledger_minute FINAL
       WHERE objective IN {ids:Array(UInt32)} AND (${spans.map((span) => slotIn('minute', [span])).join(' OR ')})
       GROUP BY objective, version`,
      { ids },
      { timeoutMs: 120_000 },
    ),
  );
}

async function writeSpans(input: unknown): Promise<{ spans: number }> {
  const { ctx } = running();
  const writes: Promise<void>[] = [];
  let count = 0;
  for (const payload of payloadsOf(loadPlanSchema.parse(input))) {
    const { spans } = decodeTracesProtobuf(payload, ANY_TIME);
    count += spans.length;
    writes.push(acceptSpans(ctx, spans, payload.length));
  }
  await Promise.all(writes);
  return { spans: count };
}

/** One run of the evaluation over what was written since the last. */
const tick = (): Promise<Timed> => timed(() => evaluateFresh(running().ctx));

const rangeSchema = z.object({ fromMs: z.number(), toMs: z.number() });

/** What an evaluation without grouping does: asks the store for each objective on its own. */
async function tickPerObjective(input: unknown): Promise<Timed & { good: string; valid: string }> {
  const { fromMs, toMs } = rangeSchema.parse(input);
  const { ctx } = running();
  const objectives = await ctx.objectives.all();
  const sums = { good: 0n, valid: 0n };
  const cost = await timed(async () => {
    for (const { plan } of objectives) {
      const values = new BoundValues();
      const good = conditionSql(plan.good, values);
      const valid = conditionSql(plan.valid, values);
      const rows = await ctx.telemetry.engine.query(
        `SELECT toUnixTimestamp(toStartOfMinute(time)) AS minute, countIf(${valid} AND ${good}), countIf(${valid})
         FROM spans WHERE service = ${values.bind('String', plan.service)} AND request = 1
           AND time >= fromUnixTimestamp64Milli(${values.bind('Int64', fromMs)}, 'UTC')
           AND time < fromUnixTimestamp64Milli(${values.bind('Int64', toMs)}, 'UTC')
         GROUP BY minute`,
        { minute: cell.int, good: cell.count, valid: cell.count },
        values.params,
        { lane: 'evaluate' },
      );
      for (const row of rows) {
        sums.good += row.good;
        sums.valid += row.valid;
      }
    }
  });
  return { ...cost, good: String(sums.good), valid: String(sums.valid) };
}

/** What the ledger holds of a range, to compare with {@link tickPerObjective}. */
async function ledgerSums(input: unknown): Promise<{ good: string; valid: string }> {
  const range = rangeSchema.parse(input);
  const [row] = await running().ctx.telemetry.engine.query(
    `SELECT toUInt64(sum(good)), toUInt64(sum(valid)) FROM ledger_minute FINAL WHERE ${slotIn('minute', [range])}`,
    { good: cell.count, valid: cell.count },
  );
  return { good: String(row?.good), valid: String(row?.valid) };
}

answerCalls({ open, fill, sizes, board, boardFromMinutes, writeSpans, tick, tickPerObjective, ledgerSums });
