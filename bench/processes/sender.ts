import { Agent, request } from 'node:http';
import { gzipSync } from 'node:zlib';
import { z } from 'zod';
import { loadPlanSchema, payloadsOf } from '../load/load-plan.ts';
import { answerCalls } from '../measure/answer-calls.ts';

/** Sends payloads that were made beforehand over many connections, as many agents do. */
const prepareSchema = loadPlanSchema.extend({ gzip: z.boolean() });
const sendSchema = z.object({ url: z.string(), token: z.string(), connections: z.number() });

let bodies: Buffer[] = [];
let encoding: Record<string, string> = {};

function prepare(input: unknown): { payloads: number; bytes: number } {
  const plan = prepareSchema.parse(input);
  encoding = plan.gzip ? { 'content-encoding': 'gzip' } : {};
  bodies = Array.from(payloadsOf(plan), (payload) => (plan.gzip ? gzipSync(payload, { level: 1 }) : payload));
  return { payloads: bodies.length, bytes: bodies.reduce((sum, body) => sum + body.length, 0) };
}

function post(agent: Agent, url: string, token: string, body: Buffer): Promise<void> {
  const headers = {
    'content-type': 'application/x-protobuf',
    'content-length': String(body.length),
    authorization: `Bearer ${token}`,
    ...encoding,
  };
  return new Promise((resolve, reject) => {
    const sent = request(`${url}/v1/traces`, { method: 'POST', agent, headers }, (answer) => {
      const parts: Buffer[] = [];
      answer.on('data', (part: Buffer) => parts.push(part));
      answer.on('end', () => {
        const text = Buffer.concat(parts);
        // An export that is taken whole is answered by no bytes at all.
        if (answer.statusCode === 200 && text.length === 0) resolve();
        else reject(new Error(`the endpoint answered ${answer.statusCode}: ${text.toString('utf8').slice(0, 300)}`));
      });
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

async function send(input: unknown): Promise<{ seconds: number; latencies: number[] }> {
  const { url, token, connections } = sendSchema.parse(input);
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const latencies: number[] = [];
  let next = 0;
  const started = performance.now();
  const sender = async (): Promise<void> => {
    for (let body = bodies[next++]; body !== undefined; body = bodies[next++]) {
      const sentAt = performance.now();
      await post(agent, url, token, body);
      latencies.push(performance.now() - sentAt);
    }
  };
  await Promise.all(Array.from({ length: connections }, sender));
  const seconds = (performance.now() - started) / 1000;
  agent.destroy();
  return { seconds, latencies };
}

answerCalls({ prepare, send });
