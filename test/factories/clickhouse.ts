import { fork } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe } from 'vitest';
import { z } from 'zod';
import { openChdb } from '../../src/store/telemetry/engine/chdb-engine.ts';
import { openClickHouse } from '../../src/store/telemetry/engine/clickhouse-engine.ts';
import type { SqlEngine } from '../../src/store/telemetry/engine/sql-engine.ts';

const LIMITS = { memoryBytes: 1.5e9, queryMemoryBytes: 5e8, queryTimeoutMs: 20_000, readSessions: 3 };

/** A ClickHouse by URL for tests. */
export interface ClickHouseServer {
  readonly url: string;
  stop(): Promise<void>;
}

/** Starts a real engine in a child process behind ClickHouse's HTTP interface. */
export async function startClickHouse(): Promise<ClickHouseServer> {
  const directory = await mkdtemp(join(tmpdir(), 'verdant-clickhouse-'));
  const child = fork(fileURLToPath(new URL('clickhouse-http-child.ts', import.meta.url)), [directory], {
    execArgv: ['--import', 'tsx'],
    env: { ...process.env, UV_THREADPOOL_SIZE: '16' },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const port = await new Promise<number>((resolve, reject) => {
    child.once('message', (message) => resolve(z.object({ port: z.number() }).parse(message).port));
    child.once('exit', (code) => reject(new Error(`the engine's process ended with ${code}`)));
  });
  return {
    url: `http://127.0.0.1:${port}/default`,
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** An engine for a test, and how to be rid of it. */
export interface TestEngine {
  readonly engine: SqlEngine;
  dispose(): Promise<void>;
}

/** chDB in this process, on a directory of its own. One per process at a time. */
export async function openTestChdb(): Promise<TestEngine> {
  const dir = await mkdtemp(join(tmpdir(), 'verdant-chdb-'));
  const engine = await openChdb({ dir, ...LIMITS });
  return {
    engine,
    dispose: async () => {
      await engine.close();
      await rm(dir, { recursive: true, force: true });
    },
  };
}

/** A ClickHouse by URL, through the official client. */
export async function openTestClickHouse(): Promise<TestEngine> {
  const server = await startClickHouse();
  const engine = await openClickHouse({ url: server.url, ...LIMITS });
  return {
    engine,
    dispose: async () => {
      await engine.close();
      await server.stop();
    },
  };
}

/** Runs the same tests on both engines: embedded, and by URL through the official client. */
export function describeOnBothEngines(name: string, tests: (open: () => Promise<TestEngine>) => void): void {
  describe(`${name} (embedded chDB)`, () => tests(openTestChdb));
  describe(`${name} (ClickHouse by URL)`, () => tests(openTestClickHouse));
}
