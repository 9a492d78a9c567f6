import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, expect, it } from 'vitest';
import { objectiveStatusSchema } from '../../src/contract/api/objectives.ts';
import { openChdb } from '../../src/store/telemetry/engine/chdb-engine.ts';
import { cell } from '../../src/store/telemetry/engine/sql-engine.ts';
import { otlpRequests, sendOtlp } from '../factories/otlp-json.ts';
import {
  eventually,
  removeDirectory,
  startVerdant,
  temporaryDirectory,
  type VerdantProcess,
} from '../support/start-verdant.ts';

const KILLS = 50;
const SENDERS = 4;
const SPANS_PER_PAYLOAD = 25;

const OBJECTIVE = `
apiVersion: verdant/v1
kind: Objective
metadata: { name: killed }
spec:
  owner: tests
  audience: sre
  target: 90%
  windows: [1h, 24h]
  indicator: { kind: request-availability, service: killed }
`;

/** A sender like an OpenTelemetry exporter: repeats a payload until it is acknowledged. */
class Sender {
  acknowledged = 0;
  failed = 0;
  #stopped = false;
  readonly #target: () => VerdantProcess;

  constructor(target: () => VerdantProcess) {
    this.#target = target;
  }

  async run(): Promise<void> {
    while (!this.#stopped) {
      const now = Date.now();
      const requests = Array.from({ length: SPANS_PER_PAYLOAD }, (_, index) => ({
        atMs: now - index * 7000,
        status: index % 5 === 0 ? 500 : 200,
      }));
      await this.#untilAcknowledged(otlpRequests('killed', requests));
      this.acknowledged += SPANS_PER_PAYLOAD;
    }
  }

  stop(): void {
    this.#stopped = true;
  }

  async #untilAcknowledged(body: string): Promise<void> {
    for (;;) {
      const { url, ingestToken } = this.#target();
      const answer = await sendOtlp(url, ingestToken, body).catch(() => undefined);
      if (answer?.status === 200) return;
      this.failed += 1;
      await sleep(20);
    }
  }
}

const data = await temporaryDirectory();
afterAll(() => removeDirectory(data));

it(`loses no acknowledged span and counts none twice over ${KILLS} kills under load`, async () => {
  const start = (): Promise<VerdantProcess> => startVerdant({ data, env: { VERDANT_FLUSH_INTERVAL: '20ms' } });
  let verdant = await start();
  const applied = await verdant.api('/api/v1/definitions/apply', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ files: [{ path: 'killed.yaml', text: OBJECTIVE }] }),
  });
  expect(applied.status).toBe(200);
  const senders = Array.from({ length: SENDERS }, () => new Sender(() => verdant));
  const running = senders.map((sender) => sender.run());
  for (let kill = 0; kill < KILLS; kill++) {
    // Moments spread over writes, evaluation and merges; the same in every run.
    await sleep(150 + ((kill * 7919) % 900));
    await verdant.stop('SIGKILL');
    verdant = await start();
  }
  for (const sender of senders) sender.stop();
  await Promise.all(running);
  const sent = senders.reduce((sum, { acknowledged }) => sum + acknowledged, 0);
  expect(
    senders.reduce((sum, { failed }) => sum + failed, 0),
    'kills that met a payload under way',
  ).toBeGreaterThan(0);
  await eventually(async () => {
    const answer = await verdant.api('/api/v1/objectives/killed/status?windows=1h,24h');
    const { windows } = objectiveStatusSchema.parse(await answer.json());
    expect(windows.map(({ valid }) => Number(valid))).toEqual([sent, sent]);
    expect(windows.map(({ good }) => Number(good))).toEqual([(sent * 4) / 5, (sent * 4) / 5]);
  });
  expect(await verdant.stop('SIGTERM')).toBe(0);
  const engine = await openChdb({
    dir: join(data, 'telemetry'),
    memoryBytes: 1e9,
    queryMemoryBytes: 5e8,
    queryTimeoutMs: 30_000,
    readSessions: 2,
  });
  const [row] = await engine.query("SELECT count(), uniqExact(span_id) FROM spans WHERE service = 'killed'", {
    spans: cell.int,
    distinct: cell.int,
  });
  await engine.close();
  expect(row).toEqual({ spans: sent, distinct: sent });
}, 600_000);
