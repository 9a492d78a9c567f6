import { type ChildProcess, spawn } from 'node:child_process';
import { symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { objectiveStatusSchema } from '../../src/contract/api/objectives.ts';
import { endpointListSchema, serviceListSchema } from '../../src/contract/api/services.ts';
import {
  eventually,
  removeDirectory,
  startVerdant,
  temporaryDirectory,
  type VerdantProcess,
} from '../support/start-verdant.ts';

/** A shop that never heard of Verdant, nor of OpenTelemetry. */
const APPLICATION = `
const express = require('express');
const app = express();
const orders = express.Router();
orders.get('/:id', (request, response) => response.json({ id: request.params.id }));
orders.post('/', (request, response) => response.status(201).end());
app.use('/orders', orders);
app.post('/checkout', (request, response) => response.status(request.query.broken ? 503 : 200).end());
app.get('/secret', (request, response) => response.status(401).end());
app.get('/throws', () => { throw new Error('no stock'); });
app.use((error, request, response, next) => response.status(500).end());
const server = app.listen(0, '127.0.0.1', () => console.log('port ' + server.address().port));
`;

const MODULES = fileURLToPath(new URL('../../node_modules', import.meta.url));
const TIMES = 6;

let verdant: VerdantProcess;
let folder: string;
const applications: ChildProcess[] = [];

beforeAll(async () => {
  folder = await temporaryDirectory();
  await writeFile(join(folder, 'shop.js'), APPLICATION);
  // As after "npm install express @opentelemetry/auto-instrumentations-node" in that folder.
  await symlink(MODULES, join(folder, 'node_modules'));
  verdant = await startVerdant();
});

afterAll(async () => {
  for (const application of applications) application.kill('SIGKILL');
  await verdant?.stop();
  await removeDirectory(verdant.data);
  await removeDirectory(folder);
});

/** Starts the shop by plain node; what makes it observed stands in its environment alone. */
async function startShop(name: string, env: Readonly<Record<string, string>>): Promise<string> {
  const child = spawn(
    process.execPath,
    ['--require', '@opentelemetry/auto-instrumentations-node/register', 'shop.js'],
    {
      cwd: folder,
      env: {
        PATH: process.env.PATH ?? '',
        OTEL_SERVICE_NAME: name,
        OTEL_EXPORTER_OTLP_ENDPOINT: verdant.otlpUrl,
        OTEL_EXPORTER_OTLP_HEADERS: `authorization=Bearer%20${verdant.ingestToken}`,
        OTEL_EXPORTER_OTLP_PROTOCOL: 'http/protobuf',
        OTEL_METRICS_EXPORTER: 'none',
        OTEL_LOGS_EXPORTER: 'none',
        OTEL_NODE_RESOURCE_DETECTORS: 'env,host,os,process',
        OTEL_BSP_SCHEDULE_DELAY: '200',
        ...env,
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  applications.push(child);
  const port = await new Promise<string>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the shop ended with ${code}`)));
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      const found = /port (\d+)/.exec(text)?.[1];
      if (found !== undefined) resolve(found);
    });
  });
  return `http://127.0.0.1:${port}`;
}

async function shopping(url: string): Promise<void> {
  for (let round = 0; round < TIMES; round++) {
    await fetch(`${url}/orders/${round}?verbose=1`);
    await fetch(`${url}/orders`, { method: 'POST' });
    await fetch(`${url}/checkout`, { method: 'POST' });
    await fetch(`${url}/checkout?broken=1`, { method: 'POST' });
    await fetch(`${url}/secret`);
    await fetch(`${url}/throws`);
    await fetch(`${url}/wp-login.php`);
  }
}

const objective = (service: string): string => `
apiVersion: verdant/v1
kind: Objective
metadata: { name: ${service} }
spec:
  owner: shop
  audience: sre
  target: 99%
  windows: [1h]
  indicator: { kind: request-availability, service: ${service}, endpoint: [POST /checkout, GET /throws] }
`;

it.each([
  ['shop', {}],
  ['shop-stable', { OTEL_SEMCONV_STABILITY_OPT_IN: 'http', OTEL_EXPORTER_OTLP_COMPRESSION: 'gzip' }],
  ['shop-json', { OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json' }],
])('an application that is told of Verdant by environment variables alone appears: %s', async (service, env) => {
  await shopping(await startShop(service, env));
  await eventually(async () => {
    const answer = await verdant.api(`/api/v1/services/${service}/endpoints`);
    expect(answer.status).toBe(200);
    const { endpoints } = endpointListSchema.parse(await answer.json());
    const counted = endpoints.map(({ endpoint, requests, failed }) => [endpoint, requests, failed]);
    expect(counted.sort()).toEqual([
      ['GET /orders/:id', TIMES, 0],
      ['GET /secret', TIMES, 0],
      ['GET /throws', TIMES, TIMES],
      ['GET /wp-login.php', TIMES, 0],
      ['POST /checkout', 2 * TIMES, TIMES],
      ['POST /orders', TIMES, 0],
    ]);
  });
  const { services } = serviceListSchema.parse(await (await verdant.api('/api/v1/services')).json());
  expect(services.find(({ name }) => name === service)).toMatchObject({ requests: 7 * TIMES, failed: 2 * TIMES });
  const applied = await verdant.api('/api/v1/definitions/apply', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ files: [{ path: 'shop.yaml', text: objective(service) }] }),
  });
  expect(applied.status).toBe(200);
  await eventually(async () => {
    const answer = await verdant.api(`/api/v1/objectives/${service}/status`);
    const { windows } = objectiveStatusSchema.parse(await answer.json());
    expect(windows).toMatchObject([{ window: '1h', state: 'violated', valid: 3 * TIMES, good: TIMES }]);
  });
});
