import { once } from 'node:events';
import { createConnection } from 'node:net';
import { gzipSync } from 'node:zlib';
import type { FastifyInstance } from 'fastify';
import fastify from 'fastify';
import { afterEach, describe, expect, it } from 'vitest';
import { exportSpans, recordSpans } from '../../../test/fixtures/otlp/opentelemetry-sdk.ts';
import { decodeMessage, encodeRequest } from '../../../test/fixtures/otlp/otlp-oracle.ts';
import { always, goodSpan, request } from '../../../test/fixtures/otlp/otlp-requests.ts';
import { VerdantError } from '../../contract/errors.ts';
import { BodyIntake } from './body-intake.ts';
import type { OtlpTracesDeps, OtlpTracesEvent, TraceBatch } from './otlp-traces-deps.ts';
import { registerOtlpTraces } from './register-otlp-traces.ts';

const PROTOBUF = 'application/x-protobuf';
const JSON_TYPE = 'application/json';
const ORIGIN = 'https://bank.example';

const apps: FastifyInstance[] = [];
afterEach(async () => {
  await Promise.all(apps.splice(0).map((app) => app.close()));
});

interface Receiver {
  readonly url: string;
  readonly app: FastifyInstance;
  readonly batches: TraceBatch[];
  readonly events: OtlpTracesEvent[];
  post(body: string | Buffer, headers: Record<string, string>): Promise<Response>;
}

/** A listening server that keeps what it receives, beside another route with the usual parsers. */
async function receiver(change: Partial<OtlpTracesDeps> = {}): Promise<Receiver> {
  const batches: TraceBatch[] = [];
  const events: OtlpTracesEvent[] = [];
  const app = fastify({ forceCloseConnections: true });
  apps.push(app);
  app.post('/api/echo', (incoming) => incoming.body);
  registerOtlpTraces(app, {
    authenticate: async () => undefined,
    write: async (batch) => {
      batches.push(batch);
      return { rejected: 0, reasons: [] };
    },
    timePolicy: () => always,
    limits: { maxBodyBytes: 100_000, maxDecompressedBytes: 200_000 },
    intake: new BodyIntake(1_000_000),
    corsOrigins: '*',
    observe: (event) => events.push(event),
    ...change,
  });
  const url = `${await app.listen({ port: 0, host: '127.0.0.1' })}/v1/traces`;
  const post = (body: string | Buffer, headers: Record<string, string>) =>
    fetch(url, { method: 'POST', headers, body: typeof body === 'string' ? body : new Uint8Array(body) });
  return { url, app, batches, events, post };
}

const bodies = { [PROTOBUF]: encodeRequest(request([goodSpan])), [JSON_TYPE]: JSON.stringify(request([goodSpan])) };
const both = [PROTOBUF, JSON_TYPE] as const;

async function bytesOf(response: Response): Promise<Buffer> {
  return Buffer.from(await response.arrayBuffer());
}

/** The google.rpc.Status of an answer, which must come in the encoding that was sent. */
async function statusOf(response: Response, type: string): Promise<Record<string, unknown>> {
  expect(response.headers.get('content-type')).toBe(type);
  const bytes = await bytesOf(response);
  return type === PROTOBUF ? decodeMessage('RpcStatus', bytes) : JSON.parse(bytes.toString());
}

describe('the official exporters', () => {
  it.each([
    { encoding: 'protobuf', gzip: false },
    { encoding: 'protobuf', gzip: true },
    { encoding: 'json', gzip: false },
    { encoding: 'json', gzip: true },
  ] as const)('deliver with $encoding and gzip $gzip', async (options) => {
    const seen: unknown[] = [];
    const { url, batches, events } = await receiver({
      authenticate: async ({ headers }) => void seen.push(headers.authorization, headers['content-encoding']),
    });
    const headers = { authorization: 'Bearer secret' };
    expect(await exportSpans(recordSpans(), { ...options, url, headers })).toBeUndefined();
    expect(seen).toEqual(['Bearer secret', options.gzip ? 'gzip' : undefined]);
    expect(batches[0]?.spans.map((span) => span.name)).toEqual(['SELECT', 'POST /payments']);
    expect(events).toMatchObject([{ outcome: 'accepted', acceptedSpans: 2, rejectedSpans: 0 }]);
  });

  it.each(['protobuf', 'json'] as const)('give up on refusal and try again on overload with %s', async (encoding) => {
    let calls = 0;
    const { url, batches } = await receiver({
      write: async (batch) => {
        calls++;
        if (calls === 1) throw new VerdantError('overloaded', { retryAfter: 0 });
        batches.push(batch);
        return { rejected: 0, reasons: [] };
      },
      authenticate: async ({ headers }) => {
        if (headers.authorization !== 'Bearer good') throw new VerdantError('unauthenticated');
      },
    });
    expect(await exportSpans(recordSpans(), { encoding, gzip: false, url })).toMatchObject({ code: 401 });
    const headers = { authorization: 'Bearer good' };
    expect(await exportSpans(recordSpans(), { encoding, gzip: false, url, headers })).toBeUndefined();
    expect(calls).toBe(2);
  });
});

describe('a success', () => {
  it('is no bytes in protobuf and {} in JSON, with the type that was sent', async () => {
    const { post, batches } = await receiver();
    const protobuf = await post(bodies[PROTOBUF], { 'content-type': PROTOBUF });
    expect([protobuf.status, protobuf.headers.get('content-type')]).toEqual([200, PROTOBUF]);
    expect(await bytesOf(protobuf)).toHaveLength(0);
    const json = await post(bodies[JSON_TYPE], { 'content-type': 'Application/JSON; charset=utf-8' });
    expect([json.status, json.headers.get('content-type'), await json.text()]).toEqual([200, JSON_TYPE, '{}']);
    expect(batches).toHaveLength(2);
    expect(batches[1]?.spans).toEqual(batches[0]?.spans);
    expect(batches[0]?.bytes).toBe(bodies[PROTOBUF].length);
  });

  it('needs no spans, no bytes and no exact path', async () => {
    const { url, post, batches } = await receiver();
    for (const type of both) {
      expect((await post('', { 'content-type': type })).status).toBe(200);
      expect((await post('', { 'content-type': type, 'content-encoding': 'gzip' })).status).toBe(200);
    }
    expect((await post('{}', { 'content-type': JSON_TYPE })).status).toBe(200);
    expect((await post(gzipSync(''), { 'content-type': PROTOBUF, 'content-encoding': 'gzip' })).status).toBe(200);
    const slash = await fetch(`${url}/`, {
      method: 'POST',
      headers: { 'content-type': JSON_TYPE },
      body: bodies[JSON_TYPE],
    });
    expect(slash.status).toBe(200);
    expect(batches).toHaveLength(1);
  });

  it('names what was not taken, by the decoder and by the writer', async () => {
    const { post, events } = await receiver({
      write: async () => ({ rejected: 1, reasons: ['1 rejected: the service is over its share'] }),
    });
    const body = request([goodSpan, goodSpan, { ...goodSpan, traceId: '00' }]);
    const rejectedSpans = '2';
    const errorMessage =
      '1 rejected: the trace id is missing, all zero or not 16 bytes; 1 rejected: the service is over its share';
    const json = await post(JSON.stringify(body), { 'content-type': JSON_TYPE });
    expect([json.status, await json.json()]).toEqual([200, { partialSuccess: { rejectedSpans, errorMessage } }]);
    const protobuf = await post(encodeRequest(body), { 'content-type': PROTOBUF });
    expect(protobuf.status).toBe(200);
    expect(decodeMessage('ExportTraceServiceResponse', await bytesOf(protobuf))).toEqual({
      partialSuccess: { rejectedSpans, errorMessage },
    });
    expect(events).toMatchObject([
      { outcome: 'partial', acceptedSpans: 1, rejectedSpans: 2 },
      { outcome: 'partial', acceptedSpans: 1, rejectedSpans: 2 },
    ]);
  });

  it('waits until the spans are durable', async () => {
    let finish = (): void => undefined;
    const written = new Promise<void>((resolve) => {
      finish = resolve;
    });
    const order: string[] = [];
    const { post } = await receiver({
      write: async () => {
        setTimeout(() => {
          order.push('durable');
          finish();
        }, 50);
        await written;
        return { rejected: 0, reasons: [] };
      },
    });
    await post(bodies[PROTOBUF], { 'content-type': PROTOBUF }).then(() => order.push('answered'));
    expect(order).toEqual(['durable', 'answered']);
  });
});

describe('a refusal', () => {
  it.each(both)('of a body that is none is a 400 with a Status in %s', async (type) => {
    const { post, events } = await receiver();
    const broken = type === JSON_TYPE ? '{"resourceSpans":[' : Buffer.from([10, 200, 1]);
    const response = await post(broken, { 'content-type': type });
    expect(response.status).toBe(400);
    expect(await statusOf(response, type)).toEqual({
      code: 3,
      message: expect.stringContaining('could not be decoded'),
    });
    const zipped = await post(Buffer.from('no gzip'), { 'content-type': type, 'content-encoding': 'gzip' });
    expect(zipped.status).toBe(400);
    expect(await statusOf(zipped, type)).toMatchObject({ message: expect.stringContaining('not whole gzip') });
    const cut = gzipSync(bodies[type]).subarray(0, 40);
    expect((await post(cut, { 'content-type': type, 'content-encoding': 'gzip' })).status).toBe(400);
    expect(events.map((event) => event.outcome)).toEqual([
      'malformed-payload',
      'malformed-payload',
      'malformed-payload',
    ]);
  });

  it.each(both)('of a body too large is a 413 before and after decompression in %s', async (type) => {
    const { post, events } = await receiver();
    const wide = await post(Buffer.alloc(100_001), { 'content-type': type });
    expect(wide.status).toBe(413);
    expect(await statusOf(wide, type)).toMatchObject({ code: 8 });
    const bomb = await post(gzipSync(Buffer.alloc(50_000_000)), { 'content-type': type, 'content-encoding': 'gzip' });
    expect(bomb.status).toBe(413);
    expect(await statusOf(bomb, type)).toMatchObject({ code: 8 });
    expect(events.map((event) => event.outcome)).toEqual(['payload-too-large', 'payload-too-large']);
  });

  it('of a body without a length that turns out too large is a 413', async () => {
    const { app, url } = await receiver();
    const socket = createConnection(Number(new URL(url).port), '127.0.0.1');
    socket.write(
      `POST /v1/traces HTTP/1.1\r\nhost: x\r\ncontent-type: ${PROTOBUF}\r\ntransfer-encoding: chunked\r\n\r\n`,
    );
    const chunk = Buffer.alloc(60_000);
    for (let count = 0; count < 2; count++)
      socket.write(Buffer.concat([Buffer.from('ea60\r\n'), chunk, Buffer.from('\r\n')]));
    const [answer] = await once(socket, 'data');
    socket.destroy();
    expect(String(answer)).toMatch(/^HTTP\/1\.1 413 /);
    expect(
      (await app.inject({ method: 'POST', url: '/v1/traces', headers: { 'content-type': PROTOBUF } })).statusCode,
    ).toBe(200);
  });

  it('of another method is a 405 in plain text', async () => {
    const { url } = await receiver();
    for (const method of ['GET', 'PUT', 'DELETE', 'PATCH', 'HEAD']) {
      const response = await fetch(url, { method, headers: { 'content-type': JSON_TYPE } });
      expect([method, response.status]).toEqual([method, 405]);
      expect(response.headers.get('content-type')).toMatch(/^text\/plain/);
      expect(response.headers.get('allow')).toBe('POST, OPTIONS');
    }
  });

  it('of another type or coding is a 415 in plain text', async () => {
    const { post, url } = await receiver();
    const headers = [
      { 'content-type': 'text/plain' },
      { 'content-type': 'application/grpc' },
      { 'content-type': 'nonsense' },
      { 'content-type': PROTOBUF, 'content-encoding': 'br' },
      { 'content-type': JSON_TYPE, 'content-encoding': 'gzip, gzip' },
    ];
    for (const header of headers) {
      const response = await post('x', header);
      expect([header, response.status]).toEqual([header, 415]);
      expect(response.headers.get('content-type')).toMatch(/^text\/plain/);
    }
    expect((await fetch(url, { method: 'POST' })).status).toBe(415);
  });

  it('for want of a token comes before the body is read', async () => {
    const { post, events } = await receiver({
      authenticate: async () => {
        throw new VerdantError('unauthenticated');
      },
    });
    for (const type of both) {
      const response = await post('not even a payload', { 'content-type': type });
      expect(response.status).toBe(401);
      expect(await statusOf(response, type)).toMatchObject({ code: 16 });
    }
    expect(events.map((event) => event.outcome)).toEqual(['unauthenticated', 'unauthenticated']);
  });

  it.each([
    ['overloaded', 429, 8, 2.5, '3'],
    ['overloaded', 429, 8, undefined, '1'],
    ['store-full', 503, 14, 30, '30'],
    ['shutting-down', 503, 14, undefined, '1'],
  ] as const)('of a store that is %s tells when to come again', async (code, status, rpc, retryAfter, header) => {
    const options = retryAfter === undefined ? {} : { retryAfter };
    const { post } = await receiver({ write: () => Promise.reject(new VerdantError(code, options)) });
    for (const type of both) {
      const response = await post(bodies[type], { 'content-type': type });
      expect([response.status, response.headers.get('retry-after')]).toEqual([status, header]);
      expect(await statusOf(response, type)).toMatchObject({ code: rpc });
    }
  });

  it('of a body for which there is no room now is a 429, and what was held is given back', async () => {
    const intake = new BodyIntake(150_000);
    const { post, url, app, events } = await receiver({ intake });
    const socket = createConnection(Number(new URL(url).port), '127.0.0.1');
    socket.write(`POST /v1/traces HTTP/1.1\r\nhost: x\r\ncontent-type: ${JSON_TYPE}\r\ncontent-length: 90000\r\n\r\n`);
    socket.write(Buffer.alloc(80_000, ' '));
    await expect.poll(() => intake.bytes).toBe(80_000);
    const announced = await post(Buffer.alloc(90_000), { 'content-type': PROTOBUF });
    expect([announced.status, announced.headers.get('retry-after')]).toEqual([429, '1']);
    expect(await statusOf(announced, PROTOBUF)).toMatchObject({ code: 8 });
    const chunked = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': JSON_TYPE },
      body: new Blob([new Uint8Array(90_000)]).stream(),
      duplex: 'half',
    });
    expect(chunked.status).toBe(429);
    expect((await post(bodies[JSON_TYPE], { 'content-type': JSON_TYPE })).status).toBe(200);
    expect(intake.bytes).toBe(80_000);
    socket.destroy();
    await expect.poll(() => intake.bytes).toBe(0);
    expect(events.map(({ outcome }) => outcome)).toContain('malformed-payload');
    expect(app.server.listening).toBe(true);
  });

  it('of many compressed bodies at once gives back the room they took', async () => {
    const intake = new BodyIntake(1_000_000);
    const { post } = await receiver({ intake });
    const bomb = gzipSync(Buffer.alloc(190_000, ' '));
    const answers = Array.from({ length: 12 }, () =>
      post(bomb, { 'content-type': JSON_TYPE, 'content-encoding': 'gzip' }),
    );
    expect((await Promise.all(answers)).map(({ status }) => status)).toEqual(Array(12).fill(400));
    expect(intake.bytes).toBe(0);
  });

  it.each([
    ['an error of ours', new Error('password is 123')],
    ['an error of the store', new VerdantError('internal', { message: 'The store failed: SELECT 123' })],
  ])('that nobody foresaw, %s, is a 500 that gives nothing away', async (_, error) => {
    const { post, events } = await receiver({ write: () => Promise.reject(error) });
    const response = await post(bodies[JSON_TYPE], { 'content-type': JSON_TYPE });
    expect(response.status).toBe(500);
    expect(await response.text()).not.toContain('123');
    expect(response.headers.get('retry-after')).toBeNull();
    expect(events).toMatchObject([{ outcome: 'internal', wireBytes: bodies[JSON_TYPE].length, acceptedSpans: 0 }]);
  });
});

describe('a browser', () => {
  const preflight = {
    origin: ORIGIN,
    'access-control-request-method': 'POST',
    'access-control-request-headers': 'content-type,x-token',
  };

  it('may send from every origin when all are allowed, with the headers it asks for', async () => {
    const { url, post, events } = await receiver();
    const asked = await fetch(url, { method: 'OPTIONS', headers: preflight });
    expect(asked.status).toBe(204);
    expect(asked.headers.get('access-control-allow-origin')).toBe('*');
    expect(asked.headers.get('access-control-allow-methods')).toBe('POST');
    expect(asked.headers.get('access-control-allow-headers')).toBe('content-type,x-token');
    expect(asked.headers.get('access-control-allow-credentials')).toBeNull();
    expect(events).toEqual([]);
    const sent = await post(bodies[JSON_TYPE], { origin: ORIGIN, 'content-type': JSON_TYPE });
    expect([sent.status, sent.headers.get('access-control-allow-origin')]).toEqual([200, '*']);
  });

  it('may send only from the origins that are named', async () => {
    const { url, post } = await receiver({ corsOrigins: [ORIGIN] });
    const allowed = await fetch(url, { method: 'OPTIONS', headers: preflight });
    expect(allowed.headers.get('access-control-allow-origin')).toBe(ORIGIN);
    expect(allowed.headers.get('vary')).toContain('Origin');
    const foreign = await fetch(url, { method: 'OPTIONS', headers: { ...preflight, origin: 'https://evil.example' } });
    expect(foreign.headers.get('access-control-allow-origin')).toBeNull();
    expect(foreign.headers.get('access-control-allow-headers')).toBeNull();
    const sent = await post(bodies[JSON_TYPE], { origin: 'https://evil.example', 'content-type': JSON_TYPE });
    expect(sent.headers.get('access-control-allow-origin')).toBeNull();
  });

  it('may read why it was refused', async () => {
    const { post, url } = await receiver({ corsOrigins: [ORIGIN] });
    const refused = [
      await post('{', { origin: ORIGIN, 'content-type': JSON_TYPE }),
      await post('{', { origin: ORIGIN, 'content-type': 'text/plain' }),
      await post('x'.repeat(100_001), { origin: ORIGIN, 'content-type': JSON_TYPE }),
      await fetch(url, { method: 'PUT', headers: { origin: ORIGIN } }),
    ];
    expect(refused.map((response) => response.status)).toEqual([400, 415, 413, 405]);
    for (const response of refused) expect(response.headers.get('access-control-allow-origin')).toBe(ORIGIN);
  });
});

describe('the rest of the server', () => {
  it('keeps its own parsers, errors and methods', async () => {
    const { app } = await receiver();
    const echo = await app.inject({ method: 'POST', url: '/api/echo', payload: { a: 1 } });
    expect(echo.json()).toEqual({ a: 1 });
    const refused = await app.inject({
      method: 'POST',
      url: '/api/echo',
      payload: '{',
      headers: { 'content-type': JSON_TYPE },
    });
    expect(refused.json()).toMatchObject({ statusCode: 400 });
    expect((await app.inject({ method: 'GET', url: '/v1/metrics' })).statusCode).toBe(404);
  });
});
