import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const PROGRAM = fileURLToPath(new URL('../../bin/verdant.cjs', import.meta.url));
const START_LIMIT_MS = 60_000;

/** A Verdant process as a user starts it. */
export interface VerdantProcess {
  readonly url: string;
  readonly otlpUrl: string;
  readonly data: string;
  readonly adminToken: string;
  readonly ingestToken: string;
  readonly child: ChildProcess;
  /** Everything it printed so far. */
  output(): string;
  /** Asks the API as the administrator. */
  api(path: string, init?: RequestInit): Promise<Response>;
  /** Ends it by a signal and waits. @returns the exit code, or null after a signal */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
}

export interface StartOptions {
  /** Default: a new temporary directory. */
  readonly data?: string;
  readonly command?: 'serve' | 'demo';
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** A port that is free now. */
export async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        address !== null && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
}

/** A directory that a test may fill. */
export const temporaryDirectory = (): Promise<string> => mkdtemp(join(tmpdir(), 'verdant-test-'));

export const removeDirectory = (path: string): Promise<void> => rm(path, { recursive: true, force: true });

/** Runs the program with the given arguments until it ends. */
export async function runVerdant(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<{ code: number | null; output: string }> {
  const child = spawn(process.execPath, [PROGRAM, ...args], { env: { ...process.env, NO_COLOR: '1', ...env } });
  const lines: string[] = [];
  child.stdout.on('data', (chunk: Buffer) => lines.push(chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => lines.push(chunk.toString()));
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, output: lines.join('') };
}

/** Starts Verdant in a process of its own and waits until it answers. */
export async function startVerdant(options: StartOptions = {}): Promise<VerdantProcess> {
  const data = options.data ?? (await temporaryDirectory());
  const [port, otlpPort] = [await freePort(), await freePort()];
  const ports = ['--port', String(port), '--otlp-http-port', String(otlpPort)];
  const args = [PROGRAM, options.command ?? 'serve', '--data', data, '--no-open', ...ports, ...(options.args ?? [])];
  const child = spawn(process.execPath, args, {
    env: { ...process.env, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const lines: string[] = [];
  child.stdout.on('data', (chunk: Buffer) => lines.push(chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => lines.push(chunk.toString()));
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const output = (): string => lines.join('');
  const url = `http://127.0.0.1:${port}`;
  await untilHealthy(url, child, output);
  const read = async (name: string): Promise<string> => (await readFile(join(data, name), 'utf8')).trim();
  const adminToken = await read('admin-token');
  return {
    url,
    otlpUrl: `http://127.0.0.1:${otlpPort}`,
    data,
    adminToken,
    ingestToken: await read('ingest-token'),
    child,
    output,
    api: (path, init = {}) =>
      fetch(`${url}${path}`, { ...init, headers: { authorization: `Bearer ${adminToken}`, ...init.headers } }),
    stop: async (signal = 'SIGTERM') => {
      if (child.exitCode === null && child.signalCode === null) child.kill(signal);
      return ended;
    },
  };
}

async function untilHealthy(url: string, child: ChildProcess, output: () => string): Promise<void> {
  const limit = Date.now() + START_LIMIT_MS;
  while (Date.now() < limit) {
    if (child.exitCode !== null) throw new Error(`Verdant ended with ${child.exitCode}:\n${output()}`);
    const answer = await fetch(`${url}/api/v1/health`).catch(() => undefined);
    if (answer?.ok === true) return;
    await sleep(50);
  }
  child.kill('SIGKILL');
  throw new Error(`Verdant did not answer:\n${output()}`);
}

/** Tries something until it holds, or fails with its last error. */
export async function eventually<T>(attempt: () => Promise<T>, limitMs = 20_000): Promise<T> {
  const limit = Date.now() + limitMs;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (Date.now() > limit) throw error;
      await sleep(100);
    }
  }
}
