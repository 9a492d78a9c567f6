import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { faultListSchema } from '../../src/contract/api/demo.ts';
import { boardSchema, objectiveStatusSchema, seriesSchema } from '../../src/contract/api/objectives.ts';
import { runCli } from '../support/run-cli.ts';
import {
  eventually,
  removeDirectory,
  startVerdant,
  temporaryDirectory,
  type VerdantProcess,
} from '../support/start-verdant.ts';

const OBJECTIVES = [
  'accounts-availability',
  'authentication-availability',
  'authentication-latency',
  'customers-can-pay',
  'customers-can-sign-in',
  'gateway-errors',
  'payments-availability',
  'payments-latency',
];
const SERVICES = ['accounts', 'authentication', 'gateway', 'payments'];
const PROCESSES = ['supervisor', 'database', ...SERVICES, 'load'];
const HISTORY_DAYS = 2;
const MINUTE = 60_000;

/** Counts only what the services themselves report now: generated history says so in its resource. */
const live = (service: string): string => `
apiVersion: verdant/v1
kind: Objective
metadata: { name: live-${service} }
spec:
  owner: tests
  audience: sre
  target: 1%
  windows: [1h]
  indicator:
    kind: request-availability
    service: ${service}
    exclude:
      - resource: { verdant.demo.generated: "true" }
      - userAgent: kube-probe/*
`;

let data: string;
let verdant: VerdantProcess;

/** More customers than by default, since at night few come and this test must pass at night. */
const ENVIRONMENT = { VERDANT_DEMO_HISTORY_DAYS: String(HISTORY_DAYS), VERDANT_DEMO_JOURNEYS_PER_SECOND: '4' };

const start = (): Promise<VerdantProcess> => startVerdant({ data, command: 'demo', env: ENVIRONMENT });

beforeAll(async () => {
  data = await temporaryDirectory();
  verdant = await start();
});

afterAll(async () => {
  await verdant?.stop();
  await removeDirectory(data);
});

const ask = async <T>(path: string, schema: z.ZodType<T>): Promise<T> => {
  const answer = await verdant.api(path);
  expect(answer.status, path).toBe(200);
  return schema.parse(await answer.json());
};

const inState = async <T>(file: string, schema: z.ZodType<T>): Promise<T> =>
  schema.parse(JSON.parse(await readFile(join(data, 'demo', file), 'utf8')));

const historyPlan = () =>
  inState('history.json', z.object({ totalMs: z.number(), pending: z.array(z.tuple([z.number(), z.number()])) }));

const historyIsWritten = async (): Promise<void> => expect((await historyPlan()).pending).toEqual([]);

async function slis(): Promise<{ readonly short: number; readonly long: number }> {
  const { windows } = await ask(
    '/api/v1/objectives/authentication-latency/status?windows=1h,30d',
    objectiveStatusSchema,
  );
  const [short, long] = windows.map(({ sli }) => sli);
  if (typeof short !== 'number' || typeof long !== 'number') throw new Error('no data yet');
  return { short, long };
}

const fault = (...args: string[]) =>
  runCli(['demo', 'fault', ...args], {
    cwd: data,
    env: { VERDANT_URL: verdant.url, VERDANT_TOKEN: verdant.adminToken },
  });

/** Processes whose environment names the data of this demo. */
async function processesOfDemo(): Promise<string[]> {
  if (!existsSync('/proc/self/environ')) return [];
  const found: string[] = [];
  for (const pid of await readdir('/proc')) {
    if (!/^\d+$/.test(pid)) continue;
    const environment = await readFile(`/proc/${pid}/environ`, 'utf8').catch(() => '');
    if (environment.includes(data)) found.push(pid);
  }
  return found;
}

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

it('shows all objectives of the bank, measured from requests that its four services answer now', async () => {
  const applied = await verdant.api('/api/v1/definitions/apply', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ files: SERVICES.map((service) => ({ path: `${service}.yaml`, text: live(service) })) }),
  });
  expect(applied.status).toBe(200);
  await eventually(async () => {
    const board = await ask('/api/v1/board?windows=1h,24h,7d,30d', boardSchema);
    const rows = new Map(board.rows.map((row) => [row.name, row]));
    for (const name of [...OBJECTIVES, ...SERVICES.map((service) => `live-${service}`)]) {
      const [hour] = rows.get(name)?.cells ?? [];
      expect(Number(hour?.valid), name).toBeGreaterThan(0);
      expect(hour?.state, name).not.toBe('no-data');
    }
  }, 100_000);
});

it('fills the time before its first start, newest first, without a hole', async () => {
  await eventually(historyIsWritten, 60_000);
  await eventually(async () => {
    const { points } = await ask(
      `/api/v1/objectives/gateway-errors/series?window=${HISTORY_DAYS}d&points=48`,
      seriesSchema,
    );
    expect(points.filter(({ valid }) => valid === 0)).toEqual([]);
    expect(points.length).toBeGreaterThanOrEqual(48);
  }, 60_000);
});

it('shows a fault within a minute over the last hour, and hardly over the longest window', async () => {
  const before = await slis();
  const started = await fault('start', 'auth-slow');
  expect(started.code, started.err).toBe(0);
  await eventually(async () => {
    const now = await slis();
    expect(before.short - now.short).toBeGreaterThan(0.02);
    expect(before.long - now.long).toBeLessThan((before.short - now.short) / 4);
  }, 70_000);
  const listed = await fault('list', '-o', 'json');
  expect(faultListSchema.parse(JSON.parse(listed.out)).faults.filter(({ active }) => active)).toMatchObject([
    { name: 'auth-slow' },
  ]);
  const stopped = await fault('stop', 'auth-slow', '-o', 'json');
  expect(faultListSchema.parse(JSON.parse(stopped.out)).faults.some(({ active }) => active)).toBe(false);
  expect((await fault('start', 'no-such-fault')).code).toBe(1);
});

it('leaves no process behind, and after a restart fills the gap and nothing else', async () => {
  const pids = await inState('processes.json', z.record(z.string(), z.number()));
  expect(Object.keys(pids).sort()).toEqual([...PROCESSES].sort());
  expect(Object.values(pids).every(isAlive)).toBe(true);
  const at = new Date(Math.floor(Date.now() / MINUTE - 1) * MINUTE).toISOString();
  const past = async () => {
    const { windows } = await ask(
      `/api/v1/objectives/gateway-errors/status?windows=24h&at=${at}`,
      objectiveStatusSchema,
    );
    return windows.map(({ good, valid }) => ({ good, valid }));
  };
  const before = await past();
  const stoppedAt = Date.now();
  expect(await verdant.stop('SIGTERM')).toBe(0);
  expect(Object.values(pids).filter(isAlive)).toEqual([]);
  expect(await processesOfDemo()).toEqual([]);
  verdant = await start();
  await eventually(async () => {
    const { totalMs, pending } = await historyPlan();
    expect(pending).toEqual([]);
    expect(totalMs).toBeGreaterThan(0);
    // What was live is noted every ten seconds.
    expect(totalMs).toBeLessThan(Date.now() - stoppedAt + 11_000);
  }, 60_000);
  await eventually(async () => {
    const { windows } = await ask('/api/v1/objectives/live-gateway/status?windows=5m', objectiveStatusSchema);
    expect(new Date(windows[0]?.watermark ?? 0).getTime()).toBeGreaterThan(stoppedAt);
    expect(await past()).toEqual(before);
  });
});
