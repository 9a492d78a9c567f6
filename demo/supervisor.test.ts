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

const liveServerSpan = (service: string, name: string, holds: (span: ReceivedSpan) => boolean) => (): boolean =>
  sink.spans.some(
    (span) =>
      isServer(span) &&
      !isGenerated(span) &&
      span.resource['service.name'] === service &&
      span.name === name &&
      holds(span),
  );

const hasStatus =
  (...statuses: readonly string[]) =>
  (span: ReceivedSpan): boolean =>
    statuses.includes(span.attributes['http.response.status_code'] ?? '');

const milliseconds = (span: ReceivedSpan): number =>
  Number(BigInt(span.endTimeUnixNano) - BigInt(span.startTimeUnixNano)) / 1e6;

test('faults break things for real, and payments comes back after its crashes', LONG, async () => {
  const faults = ['auth-slow', 'accounts-db-failing', 'payments-crash'];
  for (const fault of faults) expect((await control('POST', `/faults/${fault}`)).status).toBe(200);
  const listed = faultListSchema.parse(await (await control('GET', '/faults')).json()).faults;
  expect(listed.filter((fault) => fault.active).map((fault) => fault.name)).toEqual(faults);
  const slow = (span: ReceivedSpan): boolean => milliseconds(span) > 600 && hasStatus('200')(span);
  await until('slow logins', liveServerSpan('authentication', 'POST /login', slow));
  await until('failing reads', liveServerSpan('accounts', 'GET /accounts', hasStatus('500')));
  await until('ends of payments', () => stateFile('payments.log').includes('payments ended (exit code 1)'));
  await until('payments lost', liveServerSpan('gateway', 'POST /payments', hasStatus('502', '503')));
  expect(sink.spans.some((span) => span.kind === 3 && span.name.startsWith('pg') && span.status.code === 2)).toBe(true);
  for (const fault of faults) expect((await control('DELETE', `/faults/${fault}`)).status).toBe(204);
  const mended = BigInt(Date.now()) * 1_000_000n;
  const later = (span: ReceivedSpan): boolean => BigInt(span.startTimeUnixNano) > mended;
  await until(
    'payments',
    liveServerSpan('payments', 'POST /payments', (span) => hasStatus('201')(span) && later(span)),
  );
});

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
