import { PbfWriter } from 'pbf';
import { mulberry32 } from './mulberry32.ts';

/** Which spans to make; the same answer always makes the same spans. */
export interface PayloadPlan {
  readonly spans: number;
  readonly seed: number;
  /** Milliseconds; the spans began in the ten seconds before. */
  readonly endMs: number;
  readonly services: number;
}

type Value = string | number;
type Attributes = readonly (readonly [string, Value])[];

const ROUTES = ['login', 'accounts/:id', 'accounts', 'payments', 'payments/:id', 'cards', 'limits', 'profile'];
const SCOPE = '@opentelemetry/instrumentation-http';
const SPREAD_MS = 10_000;
const KIND = { internal: 1, server: 2, client: 3 } as const;

function writeValue(value: Value, writer: PbfWriter): void {
  if (typeof value === 'string') writer.writeStringField(1, value);
  else writer.writeVarintField(3, value);
}

function writeAttributes(writer: PbfWriter, field: number, attributes: Attributes): void {
  for (const attribute of attributes) {
    writer.writeMessage(
      field,
      ([key, value], inner: PbfWriter) => {
        inner.writeStringField(1, key);
        inner.writeMessage(2, writeValue, value);
      },
      attribute,
    );
  }
}

function writeTime(writer: PbfWriter, field: number, ns: bigint): void {
  writer.writeTag(field, 1);
  writer.writeFixed32(Number(ns & 0xffff_ffffn));
  writer.writeFixed32(Number(ns >> 32n));
}

/** A span with what the official Node instrumentations say of it: a served request, a call to a database, a function. */
function spanOf(random: () => number): { kind: number; name: string; attributes: Attributes; failed: boolean } {
  const dice = random();
  const route = ROUTES[Math.floor(random() * ROUTES.length)] ?? '';
  const id = Math.floor(random() * 100_000);
  if (dice < 0.4) {
    const failed = random() < 0.01;
    const method = id % 3 === 0 ? 'POST' : 'GET';
    const attributes: Attributes = [
      ['http.request.method', method],
      ['url.scheme', 'http'],
      ['url.path', `/${route.replace(':id', String(id))}`],
      ['http.route', `/${route}`],
      ['http.response.status_code', failed ? 500 : 200],
      ['server.address', 'bank.example'],
      ['server.port', 8080],
      ['network.peer.address', `10.0.${id % 250}.${id % 200}`],
      ['network.peer.port', 30_000 + (id % 30_000)],
      ['network.protocol.version', '1.1'],
      ['user_agent.original', id % 20 === 0 ? 'uptime-probe/1.0' : `bank-app/3.${id % 12} (iPhone; iOS 18.1)`],
      ['client.address', `10.0.${id % 250}.${id % 200}`],
    ];
    return { kind: KIND.server, name: `${method} /${route}`, attributes, failed };
  }
  if (dice < 0.8) {
    const attributes: Attributes = [
      ['db.system.name', 'postgresql'],
      ['db.namespace', 'bank'],
      ['db.operation.name', 'SELECT'],
      ['db.collection.name', route.split('/')[0] ?? ''],
      ['db.query.text', `SELECT id, owner, balance, currency, updated_at FROM ${route.split('/')[0]} WHERE id = $1`],
      ['server.address', 'db.bank.example'],
      ['server.port', 5432],
    ];
    return { kind: KIND.client, name: `SELECT ${route.split('/')[0]}`, attributes, failed: false };
  }
  const attributes: Attributes = [
    ['code.function.name', `handle_${route.split('/')[0]}`],
    ['express.name', `/${route}`],
    ['express.type', 'request_handler'],
    ['http.route', `/${route}`],
  ];
  return { kind: KIND.internal, name: `request handler - /${route}`, attributes, failed: false };
}

function writeSpan(random: () => number, endMs: number): (ids: Uint8Array, writer: PbfWriter) => void {
  return (ids, writer) => {
    const { kind, name, attributes, failed } = spanOf(random);
    const startNs = BigInt(endMs - Math.floor(random() * SPREAD_MS)) * 1_000_000n - BigInt(Math.floor(random() * 1e6));
    writer.writeBytesField(1, ids.subarray(0, 16));
    writer.writeBytesField(2, ids.subarray(16, 24));
    if (kind !== KIND.server) writer.writeBytesField(4, ids.subarray(8, 16));
    writer.writeStringField(5, name);
    writer.writeVarintField(6, kind);
    writeTime(writer, 7, startNs - 500_000_000n);
    writeTime(writer, 8, startNs - 500_000_000n + BigInt(Math.floor(random() * random() * 4e8)));
    writeAttributes(writer, 9, attributes);
    writer.writeMessage(15, (code: number, inner: PbfWriter) => inner.writeVarintField(3, code), failed ? 2 : 0);
  };
}

const resourceOf = (service: number): Attributes => [
  ['service.name', `service-${service}`],
  ['service.namespace', 'bank'],
  ['service.version', '3.1.4'],
  ['service.instance.id', `00000000-0000-4000-8000-${String(service).padStart(12, '0')}`],
  ['deployment.environment.name', 'production'],
  ['host.name', `node-${service}`],
  ['host.arch', 'amd64'],
  ['process.pid', 4711],
  ['process.runtime.name', 'nodejs'],
  ['process.runtime.version', '22.11.0'],
  ['telemetry.sdk.language', 'nodejs'],
  ['telemetry.sdk.name', 'opentelemetry'],
  ['telemetry.sdk.version', '2.2.0'],
];

/**
 * Spans of one service as an OTLP export request in protobuf (opentelemetry-proto, trace/v1): two fifths requests, two
 * fifths database calls, the rest functions; about 450 bytes a span.
 */
export function makePayload(plan: PayloadPlan): Buffer {
  const random = mulberry32(plan.seed);
  const writer = new PbfWriter(new Uint8Array(plan.spans * 900 + 8192));
  const service = plan.seed % plan.services;
  const ids = new Uint8Array(24);
  const words = new Uint32Array(ids.buffer);
  const write = writeSpan(random, plan.endMs);
  const writeScopeSpans = (_: undefined, scope: PbfWriter): void => {
    scope.writeMessage(1, (name: string, inner: PbfWriter) => inner.writeStringField(1, name), SCOPE);
    for (let index = 0; index < plan.spans; index++) {
      for (let word = 0; word < words.length; word++) words[word] = Math.floor(random() * 2 ** 32);
      scope.writeMessage(2, write, ids);
    }
  };
  const writeResourceSpans = (_: undefined, outer: PbfWriter): void => {
    outer.writeMessage(
      1,
      (given: Attributes, inner: PbfWriter) => writeAttributes(inner, 1, given),
      resourceOf(service),
    );
    outer.writeMessage(2, writeScopeSpans, undefined);
  };
  writer.writeMessage(1, writeResourceSpans, undefined);
  return Buffer.from(writer.finish());
}
