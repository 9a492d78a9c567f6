import { join } from 'node:path';
import { z } from 'zod';
import { WINDOWS } from '../load/objectives.ts';
import { Child } from '../measure/child.ts';
import { median, percentile } from '../measure/statistics.ts';
import type { Benchmark, BenchmarkContext, BenchmarkResult, Line } from '../report/benchmark.ts';
import { milliseconds, thousands } from '../report/format.ts';

const MINUTE_MS = 60_000;
const SERVICES = 50;
const SPANS_PER_TICK = 50_000;
/** Aims of the project, in milliseconds. */
const BOARD_AIM = 100;
const TICK_CPU_AIM = 1000;

const timedSchema = z.object({ ms: z.number(), cpuMs: z.number() });
const sumsSchema = z.object({ good: z.string(), valid: z.string() });
const sizesSchema = z.record(z.string(), z.object({ rows: z.number(), bytes: z.number() }));
type Timed = z.output<typeof timedSchema>;

interface Size {
  readonly objectives: number;
  readonly days: number;
  readonly ticks: number;
  readonly boards: number;
  readonly peerRounds: number;
}

const FULL: Size = { objectives: 1000, days: 90, ticks: 6, boards: 24, peerRounds: 2 };
const QUICK: Size = { objectives: 100, days: 30, ticks: 2, boards: 8, peerRounds: 1 };

/** A minute of its own for each tick, so that all count the same number of spans. */
const tickRange = (index: number): { fromMs: number; toMs: number } => {
  const fromMs = (Math.floor(Date.now() / MINUTE_MS) - 2 - index) * MINUTE_MS;
  return { fromMs, toMs: fromMs + MINUTE_MS };
};

async function ticks(child: Child, size: Size): Promise<{ ours: Timed[]; peer: Timed[] }> {
  const ours: Timed[] = [];
  const peer: Timed[] = [];
  for (let index = 0; index < size.ticks; index++) {
    const range = tickRange(index);
    const plan = { spans: SPANS_PER_TICK, spansPerPayload: 500, seed: 77 + index, services: SERVICES };
    await child.call('writeSpans', { ...plan, endMs: range.toMs - 1000 }, z.unknown());
    const tick = await child.call('tick', {}, timedSchema);
    if (index > 0) ours.push(tick);
    if (index === 0 || index > size.peerRounds) continue;
    const sums = sumsSchema.extend(timedSchema.shape);
    const perObjective = await child.call('tickPerObjective', range, sums);
    const ledger = await child.call('ledgerSums', range, sumsSchema);
    if (ledger.good !== perObjective.good || ledger.valid !== perObjective.valid) {
      throw new Error(
        `the ledger holds ${JSON.stringify(ledger)}, one question each gives ${JSON.stringify(perObjective)}`,
      );
    }
    peer.push(perObjective);
  }
  return { ours, peer };
}

interface Boards {
  readonly plain: number[];
  readonly spark: number[];
  readonly http: number[];
  readonly fromMinutes: number[];
}

async function boards(child: Child, size: Size, open: { url: string; token: string }): Promise<Boards> {
  const found: Boards = { plain: [], spark: [], http: [], fromMinutes: [] };
  const overHttp = async (): Promise<number> => {
    const started = performance.now();
    const answer = await fetch(`${open.url}/api/v1/board?windows=${WINDOWS.join(',')}`, {
      headers: { authorization: `Bearer ${open.token}` },
    });
    const { rows } = z.object({ rows: z.array(z.unknown()) }).parse(await answer.json());
    if (rows.length !== size.objectives) throw new Error(`the board has ${rows.length} rows`);
    return performance.now() - started;
  };
  for (let index = -2; index < size.boards; index++) {
    const plain = await child.call('board', { spark: 0 }, timedSchema);
    const spark = await child.call('board', { spark: 30 }, timedSchema);
    const http = await overHttp();
    if (index < 0) continue;
    found.plain.push(plain.ms);
    found.spark.push(spark.ms);
    found.http.push(http);
    if (index % Math.ceil(size.boards / size.peerRounds) === 0) {
      found.fromMinutes.push((await child.call('boardFromMinutes', {}, timedSchema)).ms);
    }
  }
  return found;
}

const p50p95 = (values: readonly number[]): string =>
  `${milliseconds(percentile(values, 0.5))} / ${milliseconds(percentile(values, 0.95))}`;

function boardLines({ plain, spark, http, fromMinutes }: Boards): Line[] {
  const peer = median(fromMinutes);
  const line = (what: string, values: readonly number[]): Line => ({
    what,
    verdant: p50p95(values),
    beside: milliseconds(peer),
    ratio: median(values) / peer,
  });
  const p95 = percentile(plain, 0.95);
  return [
    {
      ...line('board: all objectives x 5 windows, p50 / p95', plain),
      aim: `<= ${BOARD_AIM} ms`,
      met: p95 <= BOARD_AIM,
    },
    line('  over HTTP, read as JSON', http),
    line('  with a line of 30 points in each cell', spark),
  ];
}

function tickLines({ ours, peer }: { ours: readonly Timed[]; peer: readonly Timed[] }): Line[] {
  const cpu = median(ours.map(({ cpuMs }) => cpuMs));
  const peerCpu = median(peer.map(({ cpuMs }) => cpuMs));
  const wall = median(ours.map(({ ms }) => ms));
  const peerWall = median(peer.map(({ ms }) => ms));
  return [
    {
      what: `evaluation of ${thousands(SPANS_PER_TICK)} fresh spans: CPU`,
      verdant: milliseconds(cpu),
      beside: milliseconds(peerCpu),
      ratio: cpu / peerCpu,
      aim: `<= ${TICK_CPU_AIM / 1000} s`,
      met: cpu <= TICK_CPU_AIM,
    },
    {
      what: '  until it is in the numbers',
      verdant: milliseconds(wall),
      beside: milliseconds(peerWall),
      ratio: wall / peerWall,
    },
  ];
}

async function measure(context: BenchmarkContext, child: Child, size: Size): Promise<BenchmarkResult> {
  const { objectives, days } = size;
  const dir = join(context.scratch, 'ledger');
  const open = await child.call(
    'open',
    { dir, objectives, services: SERVICES },
    z.object({ url: z.string(), token: z.string() }),
  );
  context.say(`ledger: ${objectives} objectives applied`);
  const { rows } = await child.call('fill', { days }, z.object({ rows: z.number() }));
  context.say(`ledger: ${thousands(rows)} minutes written`);
  const before = await child.call('sizes', {}, sizesSchema);
  const evaluation = await ticks(child, size);
  context.say('ledger: ticks done');
  const read = await boards(child, size, open);
  const after = await child.call('sizes', {}, sizesSchema);
  const perRow = (found: z.output<typeof sizesSchema>, table: string): string =>
    `${((found[table]?.bytes ?? 0) / (found[table]?.rows ?? 1)).toFixed(2)} B`;
  return {
    title: `Ledger: ${thousands(objectives)} objectives x ${days} days of minutes, ${thousands(rows)} rows`,
    about:
      'Beside the board: the same sums from minutes alone, without hours and days. Beside the evaluation: one question ' +
      'to the store per objective, which must come to the same counts and does; it writes nothing.',
    lines: [
      ...boardLines(read),
      ...tickLines(evaluation),
      { what: 'disk per minute of an objective', verdant: perRow(before, 'ledger_minute'), beside: '' },
      {
        what: '  per hour / per day',
        verdant: `${perRow(before, 'ledger_hour')} / ${perRow(before, 'ledger_day')}`,
        beside: '',
      },
      { what: 'disk per span', verdant: perRow(after, 'spans'), beside: '' },
    ],
  };
}

export const ledger: Benchmark = {
  name: 'ledger',
  async run(context) {
    const child = new Child(context.built, 'ledger', context.nodeArguments);
    try {
      return await measure(context, child, context.quick ? QUICK : FULL);
    } finally {
      await child.stop();
    }
  },
};
