import { join } from 'node:path';
import { z } from 'zod';
import { Child } from '../measure/child.ts';
import { costOf } from '../measure/process-cost.ts';
import { type Server, startServer } from '../measure/server.ts';
import { median, percentile } from '../measure/statistics.ts';
import type { Benchmark, BenchmarkContext, Line } from '../report/benchmark.ts';
import { milliseconds, thousands } from '../report/format.ts';

const SPANS_PER_PAYLOAD = 512;
const sentSchema = z.object({ seconds: z.number(), latencies: z.array(z.number()) });

interface Round {
  readonly rate: number;
  readonly cpu: number;
  readonly latencies: readonly number[];
}

/** Many senders, or one that waits for each acknowledgement before it sends again. */
interface Manner {
  readonly name: string;
  readonly connections: number;
  readonly payloads: number;
}

const MANY: Manner = { name: 'many senders', connections: 120, payloads: 240 };
const ONE: Manner = { name: 'one sender', connections: 1, payloads: 8 };

async function round(server: Server, sender: Child, manner: Manner, seed: number): Promise<Round> {
  const spans = manner.payloads * SPANS_PER_PAYLOAD;
  const plan = { spans, spansPerPayload: SPANS_PER_PAYLOAD, seed, endMs: Date.now(), services: 20, gzip: true };
  await sender.call('prepare', plan, z.unknown());
  const { result, cpu, cpuAfter } = await costOf(server.pid, () =>
    sender.call('send', { url: server.url, token: server.ingestToken, connections: manner.connections }, sentSchema),
  );
  return { rate: spans / result.seconds, cpu: ((cpu + cpuAfter) / spans) * 1e6, latencies: result.latencies };
}

function linesOf({ name, connections }: Manner, disk: readonly Round[], process: readonly Round[]): Line[] {
  const latency = (rounds: readonly Round[], share: number): number =>
    percentile(
      rounds.flatMap(({ latencies }) => latencies),
      share,
    );
  const line = (what: string, of: (rounds: readonly Round[]) => number, show: (value: number) => string): Line => ({
    what,
    verdant: show(of(disk)),
    beside: show(of(process)),
    ratio: of(disk) / of(process),
  });
  const rate = line(`${name}: spans a second`, (rounds) => median(rounds.map((found) => found.rate)), thousands);
  const p50 = (rounds: readonly Round[]): number => latency(rounds, 0.5);
  if (connections === 1) return [line(`${name}: acknowledged, p50`, p50, milliseconds)];
  return [
    rate,
    line('  acknowledged, p50', p50, milliseconds),
    line('  acknowledged, p99', (rounds) => latency(rounds, 0.99), milliseconds),
    line(
      '  CPU seconds per million',
      (rounds) => median(rounds.map(({ cpu }) => cpu)),
      (value) => value.toFixed(2),
    ),
  ];
}

async function measure(context: BenchmarkContext, sender: Child, disk: Server, process: Server): Promise<Line[]> {
  const lines: Line[] = [];
  let seed = 5000;
  for (const manner of [MANY, ONE]) {
    const found: Record<'disk' | 'process', Round[]> = { disk: [], process: [] };
    // The first round of each is for warming up.
    for (let index = 0; index <= (context.quick ? 1 : 4); index++) {
      const pair = {
        process: await round(process, sender, manner, seed++),
        disk: await round(disk, sender, manner, seed++),
      };
      if (index === 0) continue;
      found.process.push(pair.process);
      found.disk.push(pair.disk);
    }
    lines.push(...linesOf(manner, found.disk, found.process));
    context.say(`durability: ${manner.name} done`);
  }
  return lines;
}

export const durability: Benchmark = {
  name: 'durability',
  async run(context) {
    const start = (mode: string): Promise<Server> =>
      startServer(context.root, join(context.scratch, `durability-${mode}`), ['--durability', mode]);
    const [disk, process] = [await start('disk'), await start('process')];
    const sender = new Child(context.built, 'sender');
    try {
      return {
        title: 'Durability: what surviving a power loss costs',
        about:
          '--durability disk (fsync before each acknowledgement), beside it --durability process (survives kill -9). ' +
          `Payloads of ${SPANS_PER_PAYLOAD} spans, gzip, to two servers in turns. One sender waits for company up to ` +
          'the flush interval in both.',
        lines: await measure(context, sender, disk, process),
      };
    } finally {
      await sender.stop();
      await disk.stop();
      await process.stop();
    }
  },
};
