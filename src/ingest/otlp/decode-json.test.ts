import { describe, expect, it } from 'vitest';
import {
  always,
  END,
  expectMalformed,
  fromJson,
  goodSpan,
  request,
  START,
  text,
} from '../../../test/fixtures/otlp/otlp-requests.ts';
import { decodeTracesJson } from './decode-json.ts';

describe('the JSON encoding', () => {
  it('takes ids in any case and refuses base64', () => {
    const upper = { ...goodSpan, traceId: goodSpan.traceId.toUpperCase() };
    const base64 = { ...goodSpan, traceId: 'W47/95gDgQPSabYzgT/GDA==', spanId: '7uGbfsPBsXQ=' };
    const decoded = fromJson(request([upper, base64]));
    expect(decoded.rejected).toBe(1);
    expect(decoded.spans[0]?.traceId).toEqual(new Uint8Array(Buffer.from(goodSpan.traceId, 'hex')));
  });

  it('refuses the names of enums', () => {
    expectMalformed(() => fromJson(request([{ ...goodSpan, kind: 'SPAN_KIND_SERVER' }])), /kind must be an integer/);
    expectMalformed(() => fromJson(request([{ ...goodSpan, status: { code: 'STATUS_CODE_OK' } }])), /status.code/);
  });

  it('ignores what it does not know, snake case too, at any depth', () => {
    const span = {
      ...goodSpan,
      trace_id: 1,
      unknown: { deep: [1] },
      attributes: [{ ...text('k', 'v'), keyStrindex: 3 }],
    };
    const decoded = fromJson({ ...request([span]), resource_spans: 'x', extra: null });
    expect(decoded.spans[0]?.attributes).toEqual(['k', 'v']);
  });

  it('reads 64-bit integers as text and as numbers, to the last digit', () => {
    const body = JSON.stringify(
      request([
        { ...goodSpan, attributes: [{ key: 'k', value: { intValue: '9007199254740993' } }, text('say', 'SAY')] },
      ]),
    )
      .replace(`"${START}"`, START)
      .replace(`"${END}"`, `  ${END}`)
      .replace('"9007199254740993"', '9007199254740993')
      .replace('"SAY"', '"\\"intValue\\":9007199254740993,"');
    const span = decodeTracesJson(Buffer.from(body), always).spans[0];
    expect(span?.startNs).toBe(1764000000123456789n);
    expect(span?.durationNs).toBe(100000001n);
    expect(span?.attributes).toEqual(['k', '9007199254740993', 'say', '"intValue":9007199254740993,']);
  });

  it('takes small numbers and exponents for integers, but no fractions', () => {
    const value = (intValue: unknown) => request([{ ...goodSpan, attributes: [{ key: 'k', value: { intValue } }] }]);
    expect(fromJson(value(5)).spans[0]?.attributes[1]).toBe('5');
    const exponent = JSON.stringify(value('E')).replace('"E"', '1e18');
    expect(decodeTracesJson(Buffer.from(exponent), always).spans[0]?.attributes[1]).toBe('1000000000000000000');
    expectMalformed(() => fromJson(value(5.5)), /intValue must be an integer/);
    expectMalformed(() => fromJson(value('9223372036854775808')), /does not fit 64 bits/);
    const negative = request([{ ...goodSpan, startTimeUnixNano: '-1' }]);
    expectMalformed(() => fromJson(negative), /startTimeUnixNano does not fit/);
  });

  it('takes null for absent and half surrogates for U+FFFD', () => {
    const span = {
      ...goodSpan,
      attributes: [{ key: 'k', value: { stringValue: 'a\ud800b' } }],
      events: null,
      status: null,
    };
    expect(fromJson(request([span])).spans[0]?.attributes).toEqual(['k', 'a\ufffdb']);
  });

  it.each([
    ['', /could not be decoded/],
    ['[]', /the request must be an object/],
    ['null', /the request must be an object/],
    ['{"resourceSpans":{}}', /resourceSpans must be an array/],
    ['{"resourceSpans":[{"scopeSpans":[{"spans":[7]}]}]}', /spans\[\] must be an object/],
    ['{"resourceSpans":[{"scopeSpans":[{"spans":[{"name":7}]}]}]}', /name must be a string/],
    ['{"resourceSpans":[', /could not be decoded/],
  ])('refuses %s as a whole', (body, what) => {
    expectMalformed(() => decodeTracesJson(Buffer.from(body), always), what);
  });

  it.each([
    [{ boolValue: 'true' }, /boolValue/],
    [{ doubleValue: 'wide' }, /doubleValue/],
    [{ doubleValue: '' }, /doubleValue/],
    [{ bytesValue: '***' }, /bytesValue/],
    [{ stringValue: 1 }, /stringValue/],
  ])('refuses the value %j', (value, what) => {
    expectMalformed(() => fromJson(request([{ ...goodSpan, attributes: [{ key: 'k', value }] }])), what);
  });

  it('refuses a payload that is nothing but brackets before it is parsed', () => {
    const bomb = Buffer.from(`{"resourceSpans":[${'{},'.repeat(2_000_000)}{}]}`);
    expect(() => decodeTracesJson(bomb, always)).toThrow(/too many objects and arrays/);
  });
});
