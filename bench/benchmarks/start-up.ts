import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { Child } from '../measure/child.ts';
import { residentBytes } from '../measure/process-cost.ts';
import { startServer } from '../measure/server.ts';
import { median } from '../measure/statistics.ts';
import type { Benchmark, BenchmarkContext, Line } from '../report/benchmark.ts';
import { megabytes, seconds } from '../report/format.ts';

/** After this the memory of starting has been given back, or never is. */
const REST_MS = 3000;

interface Start {
  readonly seconds: number;
  readonly restBytes: number;
}

async function startVerdant({ root, nodeArguments }: BenchmarkContext, dir: string): Promise<Start> {
  const server = await startServer(root, dir, [], nodeArguments);
  await sleep(REST_MS);
  const restBytes = residentBytes(server.pid);
  await server.stop();
  return { seconds: server.startSeconds, restBytes };
}

async function startBare({ built }: BenchmarkContext, dir: string): Promise<Start> {
  mkdirSync(dir, { recursive: true });
  const started = performance.now();
  const child = new Child(built, 'bare-engines');
  try {
    await child.call('open', { dir }, z.unknown());
    const took = (performance.now() - started) / 1000;
    await sleep(REST_MS);
    return { seconds: took, restBytes: residentBytes(child.pid) };
  } finally {
    await child.stop();
  }
}

function linesOf(what: string, verdant: readonly Start[], bare: readonly Start[]): Line[] {
  const time = median(verdant.map((start) => start.seconds));
  const timeBeside = median(bare.map((start) => start.seconds));
  const memory = median(verdant.map(({ restBytes }) => restBytes));
  const memoryBeside = median(bare.map(({ restBytes }) => restBytes));
  return [
    {
      what: `${what}: first healthy answer after`,
      verdant: seconds(time),
      beside: seconds(timeBeside),
      ratio: time / timeBeside,
    },
    {
      what: '  memory at rest',
      verdant: megabytes(memory),
      beside: megabytes(memoryBeside),
      ratio: memory / memoryBeside,
    },
  ];
}

export const startUp: Benchmark = {
  name: 'start-up',
  async run(context) {
    const rounds = context.quick ? 1 : 3;
    const found: Record<'fresh' | 'existing', { verdant: Start[]; bare: Start[] }> = {
      fresh: { verdant: [], bare: [] },
      existing: { verdant: [], bare: [] },
    };
    for (let round = 0; round < rounds; round++) {
      const verdant = join(context.scratch, `start-verdant-${round}`);
      const bare = join(context.scratch, `start-bare-${round}`);
      for (const state of ['fresh', 'existing'] as const) {
        found[state].verdant.push(await startVerdant(context, verdant));
        found[state].bare.push(await startBare(context, bare));
      }
    }
    context.say('start-up: done');
    return {
      title: 'Start-up: from nothing to an answer',
      about:
        'The whole process, embedded engines included. Beside it the floor: a process that opens one chDB session and ' +
        `one PGlite and asks each for 1. Memory is resident, ${REST_MS / 1000} s after. ${rounds} starts each, in turns.`,
      lines: [
        ...linesOf('new data directory', found.fresh.verdant, found.fresh.bare),
        ...linesOf('existing data directory', found.existing.verdant, found.existing.bare),
      ],
    };
  },
};
