import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { demoMessageSchema, faultListSchema } from '../src/contract/api/demo.ts';
import { serviceNames } from './bank/services.ts';
import { buildDemo } from './build.mjs';
import { type OtlpSink, startOtlpSink } from './testing/otlp-sink.ts';
import type { ReceivedSpan } from './testing/received-span.ts';

const LONG = { timeout: 90_000 };
const SECRET = 'a secret of this test run';
const root = path.join(import.meta.dirname, '..');

/** A parent of its own process, so that it can be killed as a crash or an impatient user would. */
const PARENT = `
  const child = require('node:child_process').fork(process.argv[1]);
  child.on('message', (message) => console.log(JSON.stringify(message)));
`;

let folder = '';
let sink: OtlpSink;
let parent: ChildProcess;
let controlUrl = '';

const control = (method: string, route: string, secret = SECRET): Promise<Response> =>
  fetch(`${controlUrl}${route}`, { method, headers: { authorization: `Bearer ${secret}` } });

async function until<T>(what: string, find: () => T | undefined | false, timeoutMs = 40_000): Promise<T> {
  for (const end = Date.now() + timeoutMs; Date.now() < end; await sleep(50)) {
    const found = find();
    if (found !== undefined && found !== false) return found;
  }
  throw new Error(`waited in vain for ${what}`);
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

const isGenerated = (span: ReceivedSpan): boolean => span.resource['verdant.demo.generated'] === 'true';
const isServer = (span: ReceivedSpan): boolean => span.kind === 2;
/** A file of the state folder; empty as long as there is none. */
const stateFile = (name: string): string => {
  const file = path.join(folder, 'state', name);
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
};

beforeAll(async () => {
  // Below the package, so that the processes find node_modules.
  await mkdir(path.join(root, '.cache'), { recursive: true });
  folder = mkdtempSync(path.join(root, '.cache', 'demo-test-'));
  await buildDemo(folder);
  sink = await startOtlpSink();
  parent = spawn(process.execPath, ['-e', PARENT, path.join(folder, 'supervisor.cjs')], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      PATH: process.env.PATH,
      VERDANT_URL: sink.url,
      VERDANT_INGEST_TOKEN: 'ingest token',
      VERDANT_TOKEN: 'admin token',
      VERDANT_DEMO_STATE: path.join(folder, 'state'),
      VERDANT_DEMO_SECRET: SECRET,
      VERDANT_DEMO_JOURNEYS_PER_SECOND: '20',
      VERDANT_DEMO_HISTORY_DAYS: '0.1',
    },
  });
  parent.stdout?.setEncoding('utf8').on('data', (text: string) => {
    for (const line of text.trim().split('\n')) {
      const message = demoMessageSchema.parse(JSON.parse(line));
      if (message.type === 'ready') controlUrl = message.controlUrl;
    }
  });
  await until('the control API', () => controlUrl !== '');
  await until('the start of all processes', () => stateFile('processes.json') !== '');
});

afterAll(async () => {
  parent.kill('SIGKILL');
  await sink.close();
  rmSync(folder, { recursive: true, force: true });
});

test('all services report real requests, and the history looks like them', LONG, async () => {
  await until('spans of all endpoints', () => {
    const live = sink.spans.filter((span) => isServer(span) && !isGenerated(span));
    const seen = new Set(live.map((span) => `${span.resource['service.name']} ${span.name}`));
    return seen.has('payments GET /payments/:id') && seen.has('accounts GET /accounts/:id/transactions');
  });
  const live = sink.spans.filter((span) => !isGenerated(span));
  expect(new Set(live.map((span) => span.resource['service.name']))).toEqual(new Set(serviceNames));
  expect(live.some((span) => span.scope.name === '@opentelemetry/instrumentation-pg')).toBe(true);
  const history = await until('the history', () => {
    const generated = sink.spans.filter(isGenerated);
    return generated.length > 300 && generated;
  });
  const shapeOf = (spans: readonly ReceivedSpan[]) => {
    const login = spans.find(
      (span) => isServer(span) && span.name === 'POST /login' && span.resource['service.name'] === 'authentication',
    );
    return { keys: Object.keys(login?.attributes ?? {}).sort(), scope: login?.scope };
  };
  expect(shapeOf(history)).toEqual(shapeOf(live));
  const resource = Object.keys(history[0]?.resource ?? {}).filter((key) => key !== 'verdant.demo.generated');
  expect(Object.keys(live[0]?.resource ?? {})).toEqual(expect.arrayContaining(resource));
  expect(sink.authorizations).toEqual(new Set(['Bearer ingest token', 'Bearer admin token']));
  expect(sink.applied.length).toBe(1);
});

test(
  'a crash of payments is real: the process dies, is started again, and the gateway answers 502 or 503',
  LONG,
  async () => {
    expect((await control('POST', '/faults/payments-crash')).status).toBe(200);
    const { faults } = faultListSchema.parse(await (await control('GET', '/faults')).json());
    expect(faults.filter((fault) => fault.active).map((fault) => fault.name)).toEqual(['payments-crash']);
    await until(
      'two ends of payments',
      () => stateFile('payments.log').split('payments ended (exit code 1)').length > 2,
    );
    expect((await control('DELETE', '/faults/payments-crash')).status).toBe(204);
    await until('failed payments at the gateway', () =>
      sink.spans.some(
        (span) =>
          span.resource['service.name'] === 'gateway' &&
          span.name === 'POST /payments' &&
          !isGenerated(span) &&
          ['502', '503'].includes(span.attributes['http.response.status_code'] ?? ''),
      ),
    );
    const mended = BigInt(Date.now()) * 1_000_000n;
    await until('payments after the fault', () =>
      sink.spans.some(
        (span) =>
          span.resource['service.name'] === 'payments' &&
          span.attributes['http.response.status_code'] === '201' &&
          BigInt(span.startTimeUnixNano) > mended,
      ),
    );
  },
);

test('faults are nobody else’s business', async () => {
  expect((await control('POST', '/faults/auth-slow', 'guessed')).status).toBe(401);
  expect((await control('POST', '/faults/no-such-fault')).status).toBe(404);
  expect((await control('PUT', '/faults/auth-slow')).status).toBe(405);
});

test('nothing outlives a parent that is killed', async () => {
  const started = z.record(z.string(), z.int()).parse(JSON.parse(stateFile('processes.json')));
  expect(Object.keys(started).sort()).toEqual(['supervisor', 'database', 'load', ...serviceNames].sort());
  parent.kill('SIGKILL');
  await until('the end of all processes', () => !Object.values(started).some(isRunning), 8000);
});
