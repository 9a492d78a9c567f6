import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeRequest } from '../../../test/fixtures/otlp/otlp-oracle.ts';
import { always } from '../../../test/fixtures/otlp/otlp-requests.ts';
import { VerdantError } from '../../contract/errors.ts';
import { decodeTracesJson } from './decode-json.ts';
import { decodeTracesProtobuf } from './decode-protobuf.ts';
import type { DecodedTraces, TimePolicy } from './span-gatherer.ts';

type Decode = (payload: Uint8Array, accept: TimePolicy) => DecodedTraces;
const MUTATIONS = 50_000;

const text = fc.string({ unit: 'grapheme', maxLength: 40 });
const int64 = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(String);
const time = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }).map(String);
const hex = (bytes: number) =>
  fc.uint8Array({ minLength: bytes, maxLength: bytes }).map((id) => Buffer.from(id).toString('hex'));

const { value } = fc.letrec<{ value: object }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    text.map((stringValue) => ({ stringValue })),
    fc.boolean().map((boolValue) => ({ boolValue })),
    int64.map((intValue) => ({ intValue })),
    fc.double().map((number) => ({ doubleValue: Number.isFinite(number) ? number : String(number) })),
    fc.uint8Array({ maxLength: 20 }).map((bytes) => ({ bytesValue: Buffer.from(bytes).toString('base64') })),
    fc.constant({}),
    fc.array(tie('value'), { maxLength: 4 }).map((values) => ({ arrayValue: { values } })),
    fc
      .array(fc.record({ key: text, value: tie('value') }), { maxLength: 4 })
      .map((values) => ({ kvlistValue: { values } })),
  ),
}));

const attributes = fc.array(fc.record({ key: text, value }), { maxLength: 8 });
const span = fc.record({
  traceId: fc.oneof({ weight: 9, arbitrary: hex(16) }, { weight: 1, arbitrary: hex(7) }),
  spanId: hex(8),
  parentSpanId: fc.oneof(hex(8), fc.constant(''), hex(3)),
  name: text,
  kind: fc.integer({ min: 0, max: 7 }),
  startTimeUnixNano: time,
  endTimeUnixNano: fc.oneof(time, fc.constant(String(2n ** 64n - 1n))),
  attributes,
  events: fc.array(fc.record({ timeUnixNano: time, name: text, attributes }), { maxLength: 2 }),
  status: fc.record({ code: fc.integer({ min: 0, max: 3 }), message: text }),
});
const request = fc.record({
  resourceSpans: fc.array(
    fc.record({
      resource: fc.record({ attributes }),
      scopeSpans: fc.array(fc.record({ scope: fc.record({ name: text }), spans: fc.array(span, { maxLength: 3 }) }), {
        maxLength: 2,
      }),
    }),
    { maxLength: 2 },
  ),
});

describe('any request', () => {
  it('gives the same spans from another implementation of protobuf as from JSON', () => {
    void fc.assert(
      fc.property(request, (body) => {
        const json = decodeTracesJson(Buffer.from(JSON.stringify(body)), always);
        expect(decodeTracesProtobuf(encodeRequest(body), always)).toEqual(json);
      }),
      { seed: 20_261_124, numRuns: 400 },
    );
  });
});

/** Small and the same everywhere (Mulberry32), so that a failure names the seed that repeats it. */
function randomNumbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

/** Pieces that hurt decoders: lengths of gigabytes, endless numbers, groups, deep nesting, strange numbers. */
const bombs: readonly Buffer[] = [
  Buffer.from([0xff, 0xff, 0xff, 0xff, 0x0f]),
  Buffer.alloc(11, 0xff),
  Buffer.from([0x0b, 0x0c]),
  Buffer.from([0x2a, 0x80, 0x80, 0x80, 0x80, 0x08]),
  Buffer.from(Array.from({ length: 400 }, (_, index) => (index % 2 === 0 ? 0x2a : 0x7e))),
  Buffer.from('['.repeat(2000)),
  Buffer.from('{"arrayValue":{"values":['.repeat(200)),
  Buffer.from('1e999,-0,"\\ud800",null,'),
  Buffer.from('{"__proto__":{"name":1},"constructor":3}'),
];

function mutate(source: Buffer, random: (below: number) => number): Buffer {
  let bytes = Buffer.from(source);
  for (let count = 1 + random(4); count > 0; count--) {
    const at = random(bytes.length + 1);
    const action = random(6);
    if (action === 0) bytes = bytes.subarray(0, at);
    else if (action === 1)
      bytes = Buffer.concat([bytes.subarray(0, at), bombs[random(bombs.length)] ?? bytes, bytes.subarray(at)]);
    else if (action === 2) bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + random(20))]);
    else if (action === 3)
      bytes = Buffer.concat([bytes.subarray(0, at), Buffer.from([random(256)]), bytes.subarray(at)]);
    else if (at < bytes.length) bytes[at] = action === 4 ? random(256) : (bytes[at] ?? 0) ^ (1 << random(8));
  }
  return bytes;
}

/** Decodes mutations of some good payloads and says how many were still taken and how many refused. */
function bombard(decode: Decode, sources: readonly Buffer[]): { taken: number; refused: number } {
  const counts = { taken: 0, refused: 0 };
  for (let seed = 0; seed < MUTATIONS; seed++) {
    const payload = mutate(sources[seed % sources.length] ?? Buffer.alloc(0), randomNumbers(seed));
    try {
      decode(payload, always);
      counts.taken++;
    } catch (error) {
      if (!(error instanceof VerdantError) || error.code !== 'malformed-payload') {
        throw new Error(`mutation ${seed} was not refused but broke the decoder`, { cause: error });
      }
      counts.refused++;
    }
  }
  return counts;
}

describe('a damaged payload', { timeout: 120_000 }, () => {
  const bodies = fc.sample(request, { seed: 7, numRuns: 60 });

  it('never breaks the protobuf decoder', () => {
    const counts = bombard(decodeTracesProtobuf, bodies.map(encodeRequest));
    expect(counts.taken).toBeGreaterThan(1000);
    expect(counts.refused).toBeGreaterThan(10_000);
  });

  it('never breaks the JSON decoder', () => {
    const counts = bombard(
      decodeTracesJson,
      bodies.map((body) => Buffer.from(JSON.stringify(body))),
    );
    expect(counts.taken).toBeGreaterThan(1000);
    expect(counts.refused).toBeGreaterThan(10_000);
  });
});
