import { createServer, type Server } from 'node:http';
import { gunzipSync } from 'node:zlib';
import { afterEach, expect, test } from 'vitest';
import { RefusedError, readRetryAfter, sendSpans } from './send.ts';

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

interface Received {
  readonly body: string;
  readonly at: number;
}

/** Answers with these statuses, one after the other, and says after a second to come again. */
async function receiver(statuses: number[], received: Received[]): Promise<string> {
  const listening = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      received.push({ body: gunzipSync(Buffer.concat(chunks)).toString(), at: Date.now() });
      response.writeHead(statuses.shift() ?? 200, { 'retry-after': '1' }).end('because');
    });
  });
  server = listening;
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
  const address = listening.address();
  return `http://127.0.0.1:${address !== null && typeof address === 'object' ? address.port : 0}`;
}

test('a busy receiver gets the same request again when it said', async () => {
  const received: Received[] = [];
  const url = await receiver([429, 503], received);
  await sendSpans({ url, token: 't' }, Buffer.from('spans'));
  expect(received.map(({ body }) => body)).toEqual(['spans', 'spans', 'spans']);
  expect((received[1]?.at ?? 0) - (received[0]?.at ?? 0)).toBeGreaterThanOrEqual(990);
});

test('a receiver that refuses is not asked again', async () => {
  const received: Received[] = [];
  const url = await receiver([401], received);
  await expect(sendSpans({ url, token: 't' }, Buffer.from('spans'))).rejects.toThrow(RefusedError);
  expect(received.length).toBe(1);
});

test('Retry-After is read as seconds or as a date, within reason', () => {
  const now = Date.UTC(2026, 0, 1);
  expect(readRetryAfter('3', now)).toBe(3000);
  expect(readRetryAfter(new Date(now + 5000).toUTCString(), now)).toBe(5000);
  expect(readRetryAfter('99999', now)).toBe(60_000);
  expect(readRetryAfter('soon', now)).toBeUndefined();
  expect(readRetryAfter(undefined, now)).toBeUndefined();
});
