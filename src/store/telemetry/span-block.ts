import type { SpanResource } from '../../core/telemetry/span.ts';
import type { StoredSpan } from '../../core/telemetry/stored-span.ts';
import { encodeBlock } from './native/block.ts';
import type { Column } from './native/columns.ts';
import { ArrayColumn, AttributesColumn, FixedColumn, LowCardinalityColumn, StringColumn } from './native/columns.ts';

/** Spans of one payload, with the number that tells this payload from others. */
export interface SpanBatch {
  readonly spans: readonly StoredSpan[];
  /** See {@link batchKey}. */
  readonly key: bigint;
}

/** Columns of the table `spans`, in the order of the block. */
export const SPAN_COLUMNS = [
  'time',
  'duration_ns',
  'trace_id',
  'span_id',
  'parent_span_id',
  'kind',
  'status_code',
  'status_message',
  'service',
  'namespace',
  'version',
  'environment',
  'scope',
  'name',
  'request',
  'endpoint',
  'method',
  'path',
  'user_agent',
  'http_status',
  'rpc_status',
  'failed',
  'resource',
  'attributes',
  'events',
  'batch',
  'ingested_at',
] as const;

/** Resource attributes as JSON text; the same object for all spans of a resource, so written once per resource. */
const resourceTexts = new WeakMap<SpanResource, string>();

function resourceText(resource: SpanResource): string {
  const known = resourceTexts.get(resource);
  if (known !== undefined) return known;
  const pairs: Record<string, string> = {};
  for (let index = 0; index + 1 < resource.attributes.length; index += 2) {
    pairs[resource.attributes[index] ?? ''] = resource.attributes[index + 1] ?? '';
  }
  const text = JSON.stringify(pairs);
  resourceTexts.set(resource, text);
  return text;
}

/** Numbers of fixed width, gathered in typed arrays with room for a number of rows. */
class NumberColumns {
  readonly rows: number;
  readonly time: BigInt64Array;
  readonly duration: BigUint64Array;
  readonly batch: BigUint64Array;
  readonly kind: Uint8Array;
  readonly status: Uint8Array;
  readonly request: Uint8Array;
  readonly httpStatus: Uint16Array;
  readonly rpcStatus: Int8Array;
  readonly failed: Uint8Array;

  constructor(rows: number) {
    this.rows = rows;
    this.time = new BigInt64Array(rows);
    this.duration = new BigUint64Array(rows);
    this.batch = new BigUint64Array(rows);
    this.kind = new Uint8Array(rows);
    this.status = new Uint8Array(rows);
    this.request = new Uint8Array(rows);
    this.httpStatus = new Uint16Array(rows);
    this.rpcStatus = new Int8Array(rows).fill(-1);
    this.failed = new Uint8Array(rows);
  }

  /** The same numbers with room for more rows. */
  grown(rows: number): NumberColumns {
    const more = new NumberColumns(rows);
    more.time.set(this.time);
    more.duration.set(this.duration);
    more.batch.set(this.batch);
    more.kind.set(this.kind);
    more.status.set(this.status);
    more.request.set(this.request);
    more.httpStatus.set(this.httpStatus);
    more.rpcStatus.set(this.rpcStatus);
    more.failed.set(this.failed);
    return more;
  }

  set(row: number, { span, request }: StoredSpan): void {
    this.time[row] = span.startNs;
    this.duration[row] = span.durationNs;
    this.kind[row] = span.kind;
    this.status[row] = span.statusCode;
    if (request === undefined) return;
    this.request[row] = 1;
    this.httpStatus[row] = request.httpStatus;
    this.rpcStatus[row] = request.rpcStatus;
    this.failed[row] = request.failed ? 1 : 0;
  }
}

/** Texts and bytes, gathered in columns that know how to write themselves. */
class TextColumns {
  readonly traceId: FixedColumn;
  readonly spanId: FixedColumn;
  readonly parentSpanId: FixedColumn;
  readonly statusMessage: StringColumn;
  readonly path: StringColumn;
  readonly events: StringColumn;
  readonly attributes: AttributesColumn;
  readonly service: LowCardinalityColumn;
  readonly namespace: LowCardinalityColumn;
  readonly version: LowCardinalityColumn;
  readonly environment: LowCardinalityColumn;
  readonly scope: LowCardinalityColumn;
  readonly name: LowCardinalityColumn;
  readonly endpoint: LowCardinalityColumn;
  readonly method: LowCardinalityColumn;
  readonly userAgent: LowCardinalityColumn;
  readonly resource: LowCardinalityColumn;

  constructor(rows: number) {
    this.traceId = new FixedColumn('FixedString(16)', rows, 16);
    this.spanId = new FixedColumn('FixedString(8)', rows, 8);
    this.parentSpanId = new FixedColumn('FixedString(8)', rows, 8);
    this.statusMessage = new StringColumn(rows);
    this.path = new StringColumn(rows);
    this.events = new StringColumn(rows);
    this.attributes = new AttributesColumn(rows);
    this.service = new LowCardinalityColumn(rows);
    this.namespace = new LowCardinalityColumn(rows);
    this.version = new LowCardinalityColumn(rows);
    this.environment = new LowCardinalityColumn(rows);
    this.scope = new LowCardinalityColumn(rows);
    this.name = new LowCardinalityColumn(rows);
    this.endpoint = new LowCardinalityColumn(rows);
    this.method = new LowCardinalityColumn(rows);
    this.userAgent = new LowCardinalityColumn(rows);
    this.resource = new LowCardinalityColumn(rows);
  }

  push({ span, request }: StoredSpan): void {
    this.traceId.push(span.traceId);
    this.spanId.push(span.spanId);
    this.parentSpanId.push(span.parentSpanId);
    this.statusMessage.push(span.statusMessage);
    this.events.push(span.events);
    this.attributes.push(span.attributes);
    this.service.push(span.resource.service);
    this.namespace.push(span.resource.namespace);
    this.version.push(span.resource.version);
    this.environment.push(span.resource.environment);
    this.resource.push(resourceText(span.resource));
    this.scope.push(span.scope);
    this.name.push(span.name);
    this.path.push(request?.path ?? '');
    this.endpoint.push(request?.endpoint ?? '');
    this.method.push(request?.method ?? '');
    this.userAgent.push(request?.userAgent ?? '');
  }
}

/**
 * Rows of the table `spans`, gathered column by column. Spans are written into it as they come and can be forgotten at
 * once: bytes in a few long columns cost the garbage collector nothing, a thousand objects of waiting payloads do.
 */
export class SpanBlock {
  #numbers: NumberColumns;
  readonly #texts: TextColumns;
  #rows = 0;

  /** @param expectedRows room made at first; more rows are taken as well */
  constructor(expectedRows: number) {
    this.#numbers = new NumberColumns(expectedRows);
    this.#texts = new TextColumns(expectedRows);
  }

  get rows(): number {
    return this.#rows;
  }

  add({ spans, key }: SpanBatch): void {
    const rows = this.#rows + spans.length;
    if (rows > this.#numbers.rows) this.#numbers = this.#numbers.grown(Math.max(rows, this.#numbers.rows * 2));
    this.#numbers.batch.fill(key, this.#rows, rows);
    for (const stored of spans) {
      this.#numbers.set(this.#rows++, stored);
      this.#texts.push(stored);
    }
  }

  /**
   * The rows as one block of ClickHouse's Native format.
   * @param ingestedAt microseconds since the Unix epoch, the same for all rows
   */
  encode(ingestedAt: bigint): Buffer {
    const rows = this.#rows;
    const numbers = this.#numbers;
    const texts = this.#texts;
    const columns: Record<(typeof SPAN_COLUMNS)[number], Column> = {
      time: new ArrayColumn("DateTime64(9, 'UTC')", numbers.time.subarray(0, rows)),
      duration_ns: new ArrayColumn('UInt64', numbers.duration.subarray(0, rows)),
      trace_id: texts.traceId,
      span_id: texts.spanId,
      parent_span_id: texts.parentSpanId,
      kind: new ArrayColumn('UInt8', numbers.kind.subarray(0, rows)),
      status_code: new ArrayColumn('UInt8', numbers.status.subarray(0, rows)),
      status_message: texts.statusMessage,
      service: texts.service,
      namespace: texts.namespace,
      version: texts.version,
      environment: texts.environment,
      scope: texts.scope,
      name: texts.name,
      request: new ArrayColumn('UInt8', numbers.request.subarray(0, rows)),
      endpoint: texts.endpoint,
      method: texts.method,
      path: texts.path,
      user_agent: texts.userAgent,
      http_status: new ArrayColumn('UInt16', numbers.httpStatus.subarray(0, rows)),
      rpc_status: new ArrayColumn('Int8', numbers.rpcStatus.subarray(0, rows)),
      failed: new ArrayColumn('UInt8', numbers.failed.subarray(0, rows)),
      resource: texts.resource,
      attributes: texts.attributes,
      events: texts.events,
      batch: new ArrayColumn('UInt64', numbers.batch.subarray(0, rows)),
      ingested_at: new ArrayColumn("DateTime64(6, 'UTC')", new BigInt64Array(rows).fill(ingestedAt)),
    };
    return encodeBlock(rows, columns);
  }
}
