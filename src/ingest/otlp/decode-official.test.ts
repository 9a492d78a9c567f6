import { expect, it } from 'vitest';
import { recordSpans, serializeSpans } from '../../../test/fixtures/otlp/opentelemetry-sdk.ts';
import { always } from '../../../test/fixtures/otlp/otlp-requests.ts';
import { decodeTracesJson } from './decode-json.ts';
import { decodeTracesProtobuf } from './decode-protobuf.ts';

it('reads the bytes of the official serializer alike in both encodings', () => {
  const recorded = recordSpans();
  const { protobuf, json } = serializeSpans(recorded);
  const decoded = decodeTracesProtobuf(protobuf, always);
  expect(decodeTracesJson(json, always)).toEqual(decoded);
  expect(decoded).toMatchObject({ rejected: 0, reasons: [] });
  const [child, parent] = decoded.spans;
  expect(child?.parentSpanId).toEqual(parent?.spanId);
  expect(child).toMatchObject({ name: 'SELECT', kind: 3, durationNs: 10_000_000n });
  expect(parent).toMatchObject({
    resource: { service: 'payments', version: '2.0.1' },
    scope: 'bank',
    name: 'POST /payments',
    kind: 2,
    startNs: 1764000000123456789n,
    durationNs: 900_000_000n,
    statusCode: 2,
    statusMessage: 'declined',
    attributes: [
      ...['http.request.method', 'POST', 'http.response.status_code', '503', 'ratio', '0.25', 'retried', 'true'],
      ...['list', '["a","b"]', 'numbers', '[1,2.5]', 'euro', '€ 5'],
    ],
  });
  expect(Buffer.from(parent?.traceId ?? []).toString('hex')).toBe(recorded[1]?.spanContext().traceId);
  expect(JSON.parse(parent?.events ?? '')).toMatchObject([
    { time: '1764000000150000000', name: 'retry', attributes: { attempt: '2' } },
    { time: '1764000000160000000', name: 'exception', attributes: { 'exception.message': 'no money' } },
  ]);
});
