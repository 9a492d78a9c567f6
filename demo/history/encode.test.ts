import { createRequire } from 'node:module';
import { SpanKind, SpanStatusCode, TraceFlags } from '@opentelemetry/api';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { decodeExport } from '../testing/received-span.ts';
import { encodeSpans, scope } from './encode.ts';
import { generateSpans } from './generate.ts';
import { historyResource } from './resource.ts';
import type { ServerSpan } from './server-span.ts';

/** The serializer of the official exporter, as the package that instruments the services brings it along. */
const require = createRequire(import.meta.url);
const { ProtobufTraceSerializer } = z
  .object({
    ProtobufTraceSerializer: z.object({
      serializeRequest: z.custom<(spans: readonly object[]) => Uint8Array>((value) => typeof value === 'function'),
    }),
  })
  .parse(
    createRequire(require.resolve('@opentelemetry/auto-instrumentations-node'))('@opentelemetry/otlp-transformer'),
  );

const HOUR = 3_600_000;
const anchor = Date.UTC(2026, 10, 24, 15, 30);
const at = Date.UTC(2026, 10, 12, 17);
const spans = generateSpans({ seed: 1, anchor, zoneOffsetMs: () => HOUR }, at, at + HOUR);

const hex = (bytes: Uint8Array | undefined): string => Buffer.from(bytes ?? []).toString('hex');
const hrTime = (microseconds: number): [number, number] => [
  Math.floor(microseconds / 1e6),
  (microseconds % 1e6) * 1000,
];

const ports = { gateway: 8080, authentication: 8081, accounts: 8082, payments: 8083 };

function attributesOf(span: ServerSpan): Record<string, string | number> {
  return {
    'http.request.method': span.method,
    'url.scheme': 'http',
    'server.address': '127.0.0.1',
    'network.peer.address': '127.0.0.1',
    'network.peer.port': span.peerPort,
    'network.protocol.version': '1.1',
    'user_agent.original': span.userAgent,
    'url.path': span.path,
    'client.address': span.clientAddress,
    'server.port': ports[span.service],
    'http.response.status_code': span.status,
    ...(span.route === '' ? {} : { 'http.route': span.route }),
  };
}

/** The SDK groups spans by the identity of their resource. */
const resources = new Map<string, object>();
function resourceOf(span: ServerSpan): object {
  const key = `${span.service} ${span.version}`;
  const resource = resources.get(key) ?? { attributes: historyResource(span) };
  resources.set(key, resource);
  return resource;
}

/** The span as the official SDK would hold it. */
function asReadable(span: ServerSpan): object {
  const traceId = hex(span.traceId);
  const parent = { traceId, spanId: hex(span.parentSpanId), traceFlags: TraceFlags.SAMPLED, isRemote: true };
  return {
    name: span.route === '' ? span.method : `${span.method} ${span.route}`,
    kind: SpanKind.SERVER,
    spanContext: () => ({ traceId, spanId: hex(span.spanId), traceFlags: TraceFlags.SAMPLED }),
    ...(span.parentSpanId === undefined ? {} : { parentSpanContext: parent }),
    startTime: hrTime(span.startUs),
    endTime: hrTime(span.startUs + span.durationUs),
    status: { code: span.status >= 500 ? SpanStatusCode.ERROR : SpanStatusCode.UNSET },
    attributes: attributesOf(span),
    links: [],
    events: [],
    duration: hrTime(span.durationUs),
    ended: true,
    resource: resourceOf(span),
    instrumentationScope: scope,
    droppedAttributesCount: 0,
    droppedEventsCount: 0,
    droppedLinksCount: 0,
  };
}

test('what the fast encoder writes is decoded as what the official serializer writes', () => {
  const official = ProtobufTraceSerializer.serializeRequest(spans.map(asReadable));
  const bySpanId = (body: Uint8Array) => new Map(decodeExport(body).map((span) => [span.spanId, span]));
  expect(spans.length).toBeGreaterThan(300);
  expect(bySpanId(encodeSpans(spans, historyResource))).toEqual(bySpanId(official));
});

test('times keep every microsecond, though nanoseconds exceed what a double holds', () => {
  const [first] = spans;
  if (first === undefined) throw new Error('no spans');
  const odd = { ...first, startUs: 1_795_522_332_857_123, durationUs: 1 };
  expect(decodeExport(encodeSpans([odd], historyResource))[0]).toMatchObject({
    startTimeUnixNano: '1795522332857123000',
    endTimeUnixNano: '1795522332857124000',
  });
});

test('generated spans say that they are', () => {
  for (const span of decodeExport(encodeSpans(spans, historyResource)))
    expect(span.resource['verdant.demo.generated']).toBe('true');
});
