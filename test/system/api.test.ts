import { afterAll, beforeAll, expect, it } from 'vitest';
import { createdTokenSchema } from '../../src/contract/api/access.ts';
import { errorBodySchema } from '../../src/contract/api/error-body.ts';
import { evaluatedEventSchema } from '../../src/contract/api/live.ts';
import { boardSchema, objectiveStatusSchema } from '../../src/contract/api/objectives.ts';
import { otlpRequests, sendOtlp } from '../factories/otlp-json.ts';
import { eventually, removeDirectory, startVerdant, type VerdantProcess } from '../support/start-verdant.ts';

const OBJECTIVE = `
apiVersion: verdant/v1
kind: Objective
metadata: { name: login }
spec:
  owner: tests
  audience: business
  target: 90%
  windows: [1h, 24h]
  indicator: { kind: request-availability, service: authentication }
`;

/** Well within the 20 s that a person waits in front of a page. */
const SOON_MS = 5000;

let verdant: VerdantProcess;

const sendLogins = async (url: string, atMs: number, count: number): Promise<void> => {
  const requests = Array.from({ length: count }, (_, index) => ({
    atMs: atMs - index * 1000,
    status: index % 5 === 0 ? 500 : 200,
  }));
  expect((await sendOtlp(url, verdant.ingestToken, otlpRequests('authentication', requests))).status).toBe(200);
};

const statusAt = async (at: string) => {
  const answer = await verdant.api(`/api/v1/objectives/login/status?windows=1h,24h&at=${at}`);
  const { windows } = objectiveStatusSchema.parse(await answer.json());
  return windows.map(({ watermark: _watermark, ...window }) => window);
};

beforeAll(async () => {
  verdant = await startVerdant();
  const applied = await verdant.api('/api/v1/definitions/apply', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ files: [{ path: 'login.yaml', text: OBJECTIVE }] }),
  });
  expect(applied.status).toBe(200);
});

afterAll(async () => {
  await verdant?.stop();
  await removeDirectory(verdant.data);
});

it('prints a link at its start that signs a browser in, once', async () => {
  const link = /(http:\S+)\/sign-in#code=(\S+)/.exec(verdant.output());
  expect(link?.[1]).toBe(verdant.url);
  const exchange = () =>
    fetch(`${verdant.url}/api/v1/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' },
      body: JSON.stringify({ code: link?.[2] }),
    });
  expect((await exchange()).status).toBe(204);
  expect((await exchange()).status).toBe(401);
});

it('serves pages whose scripts all come from its own files, as its policy demands', async () => {
  const answer = await fetch(verdant.url);
  expect(answer.headers.get('content-security-policy')).toContain("script-src 'self';");
  const page = await answer.text();
  const scripts = [...page.matchAll(/<script\b[^>]*>([^<]*)/g)];
  expect(scripts.length).toBeGreaterThan(0);
  expect(scripts.map(([, inline]) => inline?.trim())).toEqual(scripts.map(() => ''));
  const files = [...page.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, url]) => url ?? '');
  for (const url of files.filter((file) => !file.startsWith('data:'))) {
    expect(url).toMatch(/^\//);
    expect((await fetch(`${verdant.url}${url}`)).status, url).toBe(200);
  }
});

it('shows requests that come over either port on the board within seconds, and tells open pages so', async () => {
  const live = await fetch(`${verdant.url}/api/v1/live`, {
    headers: { authorization: `Bearer ${verdant.adminToken}` },
  });
  const told: string[] = [];
  const reading = (async () => {
    if (live.body === null) return;
    for await (const chunk of live.body.pipeThrough(new TextDecoderStream())) {
      for (const [, data] of chunk.matchAll(/^data: (.*)$/gm)) {
        told.push(...evaluatedEventSchema.parse(JSON.parse(data ?? '')).changed);
      }
      if (told.includes('login')) return;
    }
  })();
  const now = Date.now();
  await sendLogins(verdant.url, now, 10);
  await sendLogins(verdant.otlpUrl, now, 10);
  await eventually(async () => {
    const board = boardSchema.parse(await (await verdant.api('/api/v1/board?windows=1h,24h,7d,30d')).json());
    const cells = board.rows.find(({ name }) => name === 'login')?.cells ?? [];
    expect(cells.map(({ valid, good, state }) => [valid, good, state])).toEqual(
      Array.from({ length: 4 }, () => [20, 16, 'violated']),
    );
  }, SOON_MS);
  await reading;
  expect(told).toContain('login');
});

it('answers for a past moment what it answered then, also after a restart', async () => {
  const hourAgo = Date.now() - 3_600_000;
  await sendLogins(verdant.url, hourAgo, 15);
  const at = new Date(Math.floor(hourAgo / 60_000 + 1) * 60_000).toISOString();
  await eventually(async () => expect(await statusAt(at)).toMatchObject([{ valid: 15 }, { valid: 15 }]));
  const then = await statusAt(at);
  const { data } = verdant;
  expect(await verdant.stop('SIGTERM')).toBe(0);
  verdant = await startVerdant({ data });
  expect(await statusAt(at)).toEqual(then);
});

it('lets nothing but telemetry in on its second port', async () => {
  for (const path of ['/', '/api/v1/health', '/api/v1/objectives', '/metrics']) {
    const answer = await fetch(`${verdant.otlpUrl}${path}`, {
      headers: { authorization: `Bearer ${verdant.adminToken}` },
    });
    expect(answer.status, path).toBe(404);
    expect(errorBodySchema.parse(await answer.json()).error.code).toBe('not-found');
  }
  const created = await verdant.api('/api/v1/tokens', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'reader', scopes: ['objectives:read'] }),
  });
  const reader = createdTokenSchema.parse(await created.json());
  expect((await sendOtlp(verdant.otlpUrl, reader.secret, otlpRequests('x', []))).status).toBe(403);
  expect((await sendOtlp(verdant.otlpUrl, 'wrong', otlpRequests('x', []))).status).toBe(401);
});
