import { describe, expect, it } from 'vitest';
import { encodeMessage, encodeRequest } from '../../../test/fixtures/otlp/otlp-oracle.ts';
import { always, expectMalformed, goodSpan, request, text } from '../../../test/fixtures/otlp/otlp-requests.ts';
import { decodeTracesProtobuf } from './decode-protobuf.ts';

describe('the protobuf encoding', () => {
  const whole = encodeRequest(request([goodSpan]));

  it('is an empty request without bytes', () => {
    expect(decodeTracesProtobuf(Buffer.alloc(0), always)).toEqual({ spans: [], rejected: 0, reasons: [] });
  });

  it('may have its fields in any order', () => {
    const resource = encodeMessage('Resource', { attributes: [text('service.name', 'late')] });
    const scope = encodeMessage('InstrumentationScope', { name: 'late-scope' });
    const span = whole.subarray(whole.indexOf(Buffer.from(goodSpan.traceId, 'hex')) - 2);
    const scopeSpans = Buffer.concat([field(2, span), field(1, scope)]);
    const body = field(1, Buffer.concat([field(2, scopeSpans), field(1, resource)]));
    expect(decodeTracesProtobuf(body, always).spans[0]).toMatchObject({
      name: goodSpan.name,
      scope: 'late-scope',
      resource: { service: 'late' },
    });
  });

  it('passes over fields it does not know, of every wire type', () => {
    const unknown = Buffer.from([0xf8, 0x07, 0x96, 0x01, 0xf9, 0x07, 1, 2, 3, 4, 5, 6, 7, 8, 0xfd, 0x07, 1, 2, 3, 4]);
    const body = Buffer.concat([unknown, whole, field(200, Buffer.from('later'))]);
    expect(decodeTracesProtobuf(body, always).spans).toHaveLength(1);
  });

  it('reads from a view into a larger buffer', () => {
    const padded = Buffer.concat([Buffer.alloc(7, 0xff), whole, Buffer.alloc(9, 0xff)]);
    expect(decodeTracesProtobuf(padded.subarray(7, 7 + whole.length), always).spans).toHaveLength(1);
  });

  it('refuses a payload of nothing but empty messages', () => {
    const bomb = Buffer.from('0a00'.repeat(4_000_001), 'hex');
    expect(() => decodeTracesProtobuf(bomb, always)).toThrow(/too many messages/);
  });

  it.each([
    ['a truncated message', Buffer.from([10, 5, 1])],
    ['a message longer than its parent', Buffer.from([10, 2, 18, 9])],
    ['a length of 4 GB', Buffer.from([10, 0xff, 0xff, 0xff, 0xff, 0x0f])],
    ['field number 0', Buffer.from([0, 1])],
    ['a group', Buffer.from([11, 12])],
    ['an endless number', Buffer.alloc(30, 0xff)],
    ['a number that ends early', Buffer.from([0x80])],
    ['a fixed field that ends early', Buffer.from([10, 6, 18, 4, 18, 2, 57, 1])],
  ])('refuses %s as a whole', (_what, bytes) => {
    expectMalformed(() => decodeTracesProtobuf(bytes, always), /could not be decoded/);
  });
});

function field(number: number, bytes: Buffer): Buffer {
  const head: number[] = [];
  for (const part of [number * 8 + 2, bytes.length]) {
    let rest = part;
    for (; rest > 0x7f; rest >>>= 7) head.push((rest & 0x7f) | 0x80);
    head.push(rest);
  }
  return Buffer.concat([Buffer.from(head), bytes]);
}
