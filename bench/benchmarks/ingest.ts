import { join } from 'node:path';
import { z } from 'zod';
import type { LoadPlan } from '../load/load-plan.ts';
import { Child } from '../measure/child.ts';
import { costOf, residentBytes } from '../measure/process-cost.ts';
import { type Server, startServer } from '../measure/server.ts';
import { median, percentile } from '../measure/statistics.ts';
import type { Benchmark, BenchmarkContext, BenchmarkResult, Line } from '../report/benchmark.ts';
import { megabytes, milliseconds, thousands } from '../report/format.ts';

/** What the writer gathers into one write at most (`flushRows`): the engine alone gets blocks of that size. */
const ROWS_PER_BLOCK = 20_000;
/** The aim: per core, the endpoint takes half as many spans as the engine alone. */
const AIM = 0.5;

interface Variant {
  readonly spansPerPayload: number;
  readonly gzip: boolean;
  /** Enough that a whole write is always waiting. */
  readonly connections: number;
}

const VARIANTS: readonly Variant[] = [
  { spansPerPayload: 512, gzip: false, connections: 120 },
  { spansPerPayload: 512, gzip: true, connections: 120 },
  { spansPerPayload: 5000, gzip: false, connections: 12 },
  { spansPerPayload: 5000, gzip: true, connections: 12 },
];

const payloadsSchema = z.object({ bytes: z.number() });
const sentSchema = z.object({ seconds: z.number(), latencies: z.array(z.number()) });
const insertedSchema = z.object({ seconds: z.number() });

interface Round {
  readonly spans: number;
  readonly seconds: number;
  readonly cpu: number;
  readonly cpuAfter: number;
  readonly peakBytes: number;
  readonly latencies: readonly number[];
}

interface Parts {
  readonly server: Server;
  readonly sender: Child;
  readonly engine: Child;
}

async function sendRound({ server, sender }: Parts, plan: LoadPlan, variant: Variant): Promise<Round> {
  await sender.call('prepare', { ...plan, gzip: variant.gzip }, payloadsSchema);
  const { url, ingestToken, pid } = server;
  const { result, cpu, cpuAfter, peakBytes } = await costOf(pid, () =>
    sender.call('send', { url, token: ingestToken, connections: variant.connections }, sentSchema),
  );
  return { spans: result.latencies.length * variant.spansPerPayload, cpu, cpuAfter, peakBytes, ...result };
}

async function insertRound({ engine }: Parts, plan: LoadPlan): Promise<Round> {
  await engine.call('prepare', { ...plan, rowsPerBlock: ROWS_PER_BLOCK }, payloadsSchema);
  const { result, cpu, cpuAfter, peakBytes } = await costOf(engine.pid, () =>
    engine.call('insert', {}, insertedSchema),
  );
  const spans = Math.ceil(plan.spans / plan.spansPerPayload) * plan.spansPerPayload;
  return { spans, seconds: result.seconds, cpu, cpuAfter, peakBytes, latencies: [] };
}

/**
 * CPU seconds per million, over all rounds together and with the merges: when the engine merges what was written is
 * chance, that it does is part of the price.
 */
const perMillion = (rounds: readonly Round[]): number =>
  (rounds.reduce((sum, { cpu, cpuAfter }) => sum + cpu + cpuAfter, 0) /
    rounds.reduce((sum, { spans }) => sum + spans, 0)) *
  1e6;
const perSecond = ({ spans, seconds }: Round): number => spans / seconds;

function cpuLine(what: string, endpoint: readonly Round[], engine: readonly Round[]): Line {
  const cpu = perMillion(endpoint);
  const beside = perMillion(engine);
  return { what, verdant: thousands(1e6 / cpu), beside: thousands(1e6 / beside), ratio: beside / cpu };
}

/** Lines of one size and encoding. */
function linesOf(variant: Variant, endpoint: readonly Round[], engine: readonly Round[]): Line[] {
  const name = `${variant.spansPerPayload} spans a payload${variant.gzip ? ', gzip' : ''}`;
  const rate = median(endpoint.map(perSecond));
  const rateBeside = median(engine.map(perSecond));
  const cpu = perMillion(endpoint);
  const cpuBeside = perMillion(engine);
  const latencies = endpoint.flatMap((round) => round.latencies);
  return [
    cpuLine(`${name}: spans per CPU second`, endpoint, engine),
    {
      what: '  CPU seconds per million',
      verdant: cpu.toFixed(2),
      beside: cpuBeside.toFixed(2),
      ratio: cpu / cpuBeside,
    },
    { what: '  spans a second', verdant: thousands(rate), beside: thousands(rateBeside), ratio: rate / rateBeside },
    {
      what: '  acknowledged, p50 / p99',
      verdant: `${milliseconds(percentile(latencies, 0.5))} / ${milliseconds(percentile(latencies, 0.99))}`,
      beside: '',
    },
  ];
}

async function measure(context: BenchmarkContext, parts: Parts): Promise<BenchmarkResult> {
  const rounds = context.quick ? 1 : 3;
  const spans = context.quick ? 40_000 : 160_000;
  const variants = context.quick
    ? VARIANTS.filter(({ spansPerPayload, gzip }) => (spansPerPayload === 512) === gzip)
    : VARIANTS;
  const atRest = residentBytes(parts.server.pid);
  const engineAtRest = residentBytes(parts.engine.pid);
  const lines: Line[] = [];
  const all: Record<'endpoint' | 'engine', Round[]> = { endpoint: [], engine: [] };
  let seed = 1;
  const plan = (variant: Variant): LoadPlan => ({
    spans,
    spansPerPayload: variant.spansPerPayload,
    seed: seed++,
    endMs: Date.now(),
    services: 20,
  });
  for (const first of variants.slice(0, 1)) {
    // The first round of a process pays for compiling; it is not counted.
    const warm = plan(first);
    await sendRound(parts, warm, first);
    await insertRound(parts, warm);
  }
  for (const variant of variants) {
    const endpoint: Round[] = [];
    const engine: Round[] = [];
    for (let round = 0; round < rounds; round++) {
      const load = plan(variant);
      endpoint.push(await sendRound(parts, load, variant));
      engine.push(await insertRound(parts, load));
    }
    all.endpoint.push(...endpoint);
    all.engine.push(...engine);
    const added = linesOf(variant, endpoint, engine);
    lines.push(...added);
    context.say(`ingest: ${added[0]?.what} ${added[0]?.verdant}, ratio ${added[0]?.ratio?.toFixed(2)}`);
  }
  const total = cpuLine('all together: spans per CPU second', all.endpoint, all.engine);
  const peak = (rounds: readonly Round[]): number => Math.max(...rounds.map(({ peakBytes }) => peakBytes));
  lines.push(
    { ...total, aim: `>= ${AIM}`, met: (total.ratio ?? 0) >= AIM },
    {
      what: 'memory at rest',
      verdant: megabytes(atRest),
      beside: megabytes(engineAtRest),
      ratio: atRest / engineAtRest,
    },
    {
      what: 'memory under load, highest',
      verdant: megabytes(peak(all.endpoint)),
      beside: megabytes(peak(all.engine)),
      ratio: peak(all.endpoint) / peak(all.engine),
    },
  );
  return {
    title: 'Ingest: OTLP/HTTP to acknowledged and durable',
    about:
      `Protobuf from a process of its own over many connections. Beside it the engine alone, the limit: the same rows, ` +
      `encoded beforehand, inserted in blocks of ${thousands(ROWS_PER_BLOCK)}. CPU is user and system of the whole process ` +
      `with the merges that follow. ${rounds} rounds of ${thousands(spans)} spans each way, in turns.`,
    lines,
  };
}

export const ingest: Benchmark = {
  name: 'ingest',
  async run(context) {
    const server = await startServer(context.root, join(context.scratch, 'ingest-server'), [], context.nodeArguments);
    const sender = new Child(context.built, 'sender');
    const engine = new Child(context.built, 'engine');
    try {
      await engine.call('open', { dir: join(context.scratch, 'ingest-engine') }, z.unknown());
      return await measure(context, { server, sender, engine });
    } finally {
      await sender.stop();
      await engine.stop();
      await server.stop();
    }
  },
};
