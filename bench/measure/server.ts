import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const START_LIMIT_MS = 60_000;
const POLL_MS = 20;

/** The program itself, as a user starts it. */
export interface Server {
  readonly url: string;
  readonly pid: number;
  readonly adminToken: string;
  readonly ingestToken: string;
  /** Seconds from the start of the process to the first healthy answer. */
  readonly startSeconds: number;
  stop(): Promise<void>;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}

/** Starts `verdant serve` on a data directory and waits until it is healthy. */
export async function startServer(
  root: string,
  data: string,
  flags: readonly string[] = [],
  nodeArguments: readonly string[] = [],
): Promise<Server> {
  const port = await freePort();
  const program = [join(root, 'bin', 'verdant.cjs'), 'serve', '--data', data, '--port', String(port)];
  const started = performance.now();
  const child = spawn(
    process.execPath,
    [...nodeArguments, ...program, '--otlp-http-port', '0', '--no-open', ...flags],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const output: string[] = [];
  child.stdout.on('data', (chunk: Buffer) => output.push(chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => output.push(chunk.toString()));
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const url = `http://127.0.0.1:${port}`;
  while (!(await isHealthy(url))) {
    if (child.exitCode !== null || performance.now() - started > START_LIMIT_MS) {
      child.kill('SIGKILL');
      throw new Error(`Verdant did not start:\n${output.join('')}`);
    }
    await sleep(POLL_MS);
  }
  const startSeconds = (performance.now() - started) / 1000;
  const token = async (name: string): Promise<string> => (await readFile(join(data, name), 'utf8')).trim();
  return {
    url,
    pid: child.pid ?? 0,
    adminToken: await token('admin-token'),
    ingestToken: await token('ingest-token'),
    startSeconds,
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

async function isHealthy(url: string): Promise<boolean> {
  const answer = await fetch(`${url}/api/v1/health`).catch(() => undefined);
  return answer?.ok === true;
}
