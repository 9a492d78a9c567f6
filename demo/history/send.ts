import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

const compress = promisify(gzip);

/** The fastest level: what it saves is worth more than what it costs, and higher ones cost more than they save. */
const GZIP_LEVEL = 1;

const retry = { firstMs: 500, maxMs: 10_000, longestAskedMs: 60_000 } as const;

const agent = new Agent({ keepAlive: true, maxSockets: 16 });

/** Where telemetry goes. */
export interface IngestTarget {
  readonly url: string;
  readonly token: string;
}

/** Verdant will never take this request as it is. */
export class RefusedError extends Error {}

interface Answer {
  readonly status: number;
  readonly retryAfter: string | undefined;
  readonly body: string;
}

function post(target: IngestTarget, body: Buffer): Promise<Answer> {
  const headers = {
    'content-type': 'application/x-protobuf',
    'content-encoding': 'gzip',
    authorization: `Bearer ${target.token}`,
  };
  return new Promise((resolve, reject) => {
    const outgoing = request(`${target.url}/v1/traces`, { method: 'POST', headers, agent }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        text += chunk;
      });
      response.on('error', reject);
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, retryAfter: response.headers['retry-after'], body: text }),
      );
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

/** Milliseconds that a `Retry-After` header asks for (seconds or a date, RFC 9110 10.2.3), or undefined. */
export function readRetryAfter(header: string | undefined, now: number): number | undefined {
  if (header === undefined) return undefined;
  const asked = /^\d+$/.test(header.trim()) ? Number(header) * 1000 : Date.parse(header) - now;
  return Number.isFinite(asked) ? Math.min(Math.max(asked, 0), retry.longestAskedMs) : undefined;
}

/**
 * Sends an export request until it is taken: waits as told at 429 and 503, and with growing pauses while Verdant is
 * not there.
 * @throws RefusedError when the answer is another 4xx
 */
export async function sendSpans(target: IngestTarget, payload: Uint8Array): Promise<void> {
  const body = await compress(payload, { level: GZIP_LEVEL });
  for (let pauseMs: number = retry.firstMs; ; pauseMs = Math.min(pauseMs * 2, retry.maxMs)) {
    // No answer is treated as 503: Verdant may be starting again.
    const answer = await post(target, body).catch((): Answer => ({ status: 503, retryAfter: undefined, body: '' }));
    if (answer.status >= 200 && answer.status <= 299) return;
    if (answer.status >= 400 && answer.status <= 499 && answer.status !== 429)
      throw new RefusedError(`Verdant refused spans: ${answer.status} ${answer.body.slice(0, 300)}`);
    await sleep(readRetryAfter(answer.retryAfter, Date.now()) ?? pauseMs);
  }
}
