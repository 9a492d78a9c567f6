import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { build } from 'vite';
import { serveControlApi } from '../../../demo/supervisor/control-api.ts';
import { FaultBoard } from '../../../demo/supervisor/fault-board.ts';
import { boardSchema } from '../../../src/contract/api/objectives.ts';
import { systemClock } from '../../../src/lib/clock.ts';
import { bootVerdant } from '../../../src/main/boot.ts';
import { readConfig } from '../../../src/main/read-config.ts';
import { type RequestTraffic, sendRequests } from './send-requests.ts';

const SECRET = 'the-demo-secret-of-this-test';
const PATIENCE_MS = 60_000;
const PAUSE_MS = 250;

/** A real Verdant in this process, on its own data directory and free ports, with the pages as they are now. */
export interface StartedVerdant {
  readonly url: string;
  readonly signInLink: () => Promise<string>;
  /** Sends requests of the last minutes. */
  readonly send: (traffic: readonly RequestTraffic[]) => Promise<void>;
  /** Applies objectives and waits until their history is counted. */
  readonly apply: (yaml: string) => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** Builds the pages and starts the server with the switches of the demo faults, but without the bank. */
export async function startVerdant(): Promise<StartedVerdant> {
  const home = await mkdtemp(join(tmpdir(), 'verdant-browser-'));
  const webDirectory = join(home, 'web');
  await build({ configFile: 'vite.config.ts', logLevel: 'error', build: { outDir: webDirectory } });
  const control = await serveControlApi(SECRET, new FaultBoard(systemClock, () => undefined));
  const config = await readConfig({
    flags: { port: '0', otlpHttpPort: '0', data: join(home, 'data'), logLevel: 'error' },
    env: {},
    file: undefined,
  });
  const verdant = await bootVerdant({
    config,
    version: '0.0.0-test',
    logger: pino({ level: 'error' }),
    webDirectory,
    demo: () => ({ url: control.url, secret: SECRET }),
  });
  const { url, adminToken = '', ingestToken = '' } = verdant;
  return {
    url,
    signInLink: verdant.signInLink,
    send: (traffic) => sendRequests(url, ingestToken, traffic),
    apply: (yaml) => applyAndWait(url, adminToken, yaml),
    stop: async () => {
      await verdant.stop();
      control.server.close();
      await rm(home, { recursive: true, force: true });
    },
  };
}

async function ask(url: string, token: string, body?: unknown): Promise<unknown> {
  const response = await fetch(url, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`${url}: ${response.status} ${await response.text()}`);
  return response.json();
}

async function applyAndWait(url: string, token: string, yaml: string): Promise<void> {
  await ask(`${url}/api/v1/definitions/apply`, token, { files: [{ path: 'objectives.yaml', text: yaml }] });
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const board = boardSchema.parse(await ask(`${url}/api/v1/board?windows=1h`, token));
    if (board.rows.every((row) => row.backfill.state === 'done')) return;
    if (Date.now() > deadline) throw new Error('the history was not counted in time');
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
}
