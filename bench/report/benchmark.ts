/** One line of the table. */
export interface Line {
  readonly what: string;
  /** What Verdant needs or does, with its unit. */
  readonly verdant: string;
  /** The same of what it is compared with; empty when there is none. */
  readonly beside: string;
  /** Verdant / what it is compared with, from the same run. */
  readonly ratio?: number | undefined;
  readonly aim?: string | undefined;
  readonly met?: boolean | undefined;
}

export interface BenchmarkResult {
  readonly title: string;
  /** What was done and what it is compared with, in a sentence or two. */
  readonly about: string;
  readonly lines: readonly Line[];
}

export interface BenchmarkContext {
  readonly root: string;
  /** Directory of the bundles of the benchmark's own processes. */
  readonly built: string;
  /** A directory that is removed afterwards. */
  readonly scratch: string;
  readonly quick: boolean;
  /** Arguments for Node of the measured process, such as `--cpu-prof`. */
  readonly nodeArguments: readonly string[];
  say(line: string): void;
}

export interface Benchmark {
  readonly name: string;
  run(context: BenchmarkContext): Promise<BenchmarkResult>;
}
