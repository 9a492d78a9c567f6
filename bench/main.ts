import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { durability } from './benchmarks/durability.ts';
import { ingest } from './benchmarks/ingest.ts';
import { ledger } from './benchmarks/ledger.ts';
import { startUp } from './benchmarks/start-up.ts';
import type { Benchmark, BenchmarkResult } from './report/benchmark.ts';
import { describeMachine, loadAverage, machineName } from './report/machine.ts';
import { type Report, reportMarkdown, reportText } from './report/render.ts';

const benchmarks: readonly Benchmark[] = [ingest, durability, ledger, startUp];
const names = benchmarks.map(({ name }) => name);
const USAGE = `usage: node bench/run.mjs [--quick] [--out DIR] [--profile DIR] [${names.join('] [')}]`;

interface Run {
  readonly root: string;
  readonly built: string;
  readonly arguments: readonly string[];
}

function readOptions(args: readonly string[]) {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      quick: { type: 'boolean', default: false },
      out: { type: 'string' },
      profile: { type: 'string' },
    },
  });
  const unknown = positionals.find((name) => !names.includes(name));
  if (unknown !== undefined) throw new TypeError(`there is no benchmark "${unknown}"`);
  const chosen = benchmarks.filter(({ name }) => positionals.length === 0 || positionals.includes(name));
  return { ...values, chosen };
}

function keep(report: Report, directory: string): string {
  mkdirSync(directory, { recursive: true });
  const file = join(directory, `${report.at.slice(0, 10)}-${machineName(report.machine)}`);
  writeFileSync(`${file}.md`, reportMarkdown(report));
  writeFileSync(`${file}.json`, `${JSON.stringify(report, null, 2)}\n`);
  return `${file}.md`;
}

/** Runs the benchmarks that were asked for. @returns the exit code */
export async function main({ root, built, arguments: args }: Run): Promise<number> {
  let options: ReturnType<typeof readOptions>;
  try {
    options = readOptions(args);
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\n${USAGE}`);
    return 2;
  }
  const scratch = mkdtempSync(join(tmpdir(), 'verdant-bench-'));
  const profile = options.profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${options.profile}`];
  const started = performance.now();
  const loadBefore = loadAverage();
  const results: BenchmarkResult[] = [];
  try {
    for (const benchmark of options.chosen) {
      const say = (line: string): void => console.error(line);
      results.push(await benchmark.run({ root, built, scratch, quick: options.quick, nodeArguments: profile, say }));
    }
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
  const report: Report = {
    at: new Date().toISOString(),
    quick: options.quick,
    seconds: (performance.now() - started) / 1000,
    machine: describeMachine(root),
    loadBefore,
    loadAfter: loadAverage(),
    results,
  };
  console.log(`\n${reportText(report)}\n`);
  // Parts and quick runs are for looking at; what is kept is whole.
  if (options.out === undefined && (options.quick || options.chosen.length < benchmarks.length)) return 0;
  console.log(`kept in ${keep(report, options.out ?? join(root, 'bench', 'results'))}`);
  return 0;
}
