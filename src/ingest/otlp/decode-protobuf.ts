import type { SpanResource } from '../../core/telemetry/span.ts';
import { EventsText } from './events-text.ts';
import { IdArena } from './id-arena.ts';
import { otlpLimits } from './limits.ts';
import { ProtobufValues } from './protobuf-values.ts';
import { spanResource } from './resource.ts';
import type { DecodedTraces, TimePolicy } from './span-gatherer.ts';
import { ROOT_PARENT, SpanDraft, SpanGatherer } from './span-gatherer.ts';
import { WireReader } from './wire-reader.ts';

/** Tags (`number << 3 | wire type`) of trace_service.proto, trace.proto, resource.proto and common.proto. */
const RESOURCE_SPANS = 10;
const RESOURCE = 10;
const SCOPE_SPANS = 18;
const RESOURCE_ATTRIBUTES = 10;
const SCOPE = 10;
const SPANS = 18;
const SCOPE_NAME = 10;
const TRACE_ID = 10;
const SPAN_ID = 18;
const PARENT_SPAN_ID = 34;
const NAME = 42;
const KIND = 48;
const START = 57;
const END = 65;
const ATTRIBUTES = 74;
const EVENTS = 90;
const STATUS = 122;
const STATUS_MESSAGE = 18;
const STATUS_CODE = 24;
const EVENT_TIME = 9;
const EVENT_NAME = 18;
const EVENT_ATTRIBUTES = 26;

/**
 * Decodes an ExportTraceServiceRequest (OTLP 1.x) from protobuf.
 * @throws VerdantError `malformed-payload` when the bytes are no such message; single bad spans are counted instead
 */
export function decodeTracesProtobuf(payload: Uint8Array, accept: TimePolicy): DecodedTraces {
  return new ProtobufTraces(payload, accept).decode();
}

class ProtobufTraces {
  readonly #reader: WireReader;
  readonly #values: ProtobufValues;
  readonly #gatherer: SpanGatherer;
  readonly #ids = new IdArena();
  readonly #draft = new SpanDraft();

  constructor(payload: Uint8Array, accept: TimePolicy) {
    this.#reader = new WireReader(payload);
    this.#values = new ProtobufValues(this.#reader);
    this.#gatherer = new SpanGatherer(accept);
  }

  decode(): DecodedTraces {
    const reader = this.#reader;
    for (let tag = reader.tag(); tag !== 0; tag = reader.tag()) {
      if (tag === RESOURCE_SPANS) this.#resourceSpans();
      else reader.skip(tag);
    }
    return this.#gatherer.finish();
  }

  #resourceSpans(): void {
    const reader = this.#reader;
    const outer = reader.enter();
    const start = reader.position;
    const resource = this.#resource();
    const tooDeep = this.#values.tooDeep;
    reader.position = start;
    for (let tag = reader.tag(); tag !== 0; tag = reader.tag()) {
      if (tag === SCOPE_SPANS) this.#scopeSpans(resource, tooDeep);
      else reader.skip(tag);
    }
    reader.leave(outer);
  }

  /** Reads the resource ahead: fields may come in any order, and every span needs it. */
  #resource(): SpanResource {
    const reader = this.#reader;
    const pairs: string[] = [];
    this.#values.tooDeep = false;
    for (let tag = reader.tag(); tag !== 0; tag = reader.tag()) {
      if (tag === RESOURCE) {
        const outer = reader.enter();
        this.#values.attributes(RESOURCE_ATTRIBUTES, pairs);
        reader.leave(outer);
      } else reader.skip(tag);
    }
    return spanResource(pairs);
  }

  #scopeSpans(resource: SpanResource, tooDeep: boolean): void {
    const reader = this.#reader;
    const outer = reader.enter();
    const start = reader.position;
    const scope = this.#scopeName();
    reader.position = start;
    for (let tag = reader.tag(); tag !== 0; tag = reader.tag()) {
      if (tag === SPANS && !this.#gatherer.full) {
        this.#span(tooDeep);
        this.#gatherer.add(this.#draft, resource, scope);
      } else {
        reader.skip(tag);
        if (tag === SPANS) this.#gatherer.reject('many');
      }
    }
    reader.leave(outer);
  }

  #scopeName(): string {
    const reader = this.#reader;
    let name = '';
    for (let tag = reader.tag(); tag !== 0; tag = reader.tag()) {
      if (tag !== SCOPE) {
        reader.skip(tag);
        continue;
      }
      const outer = reader.enter();
      for (let field = reader.tag(); field !== 0; field = reader.tag()) {
        if (field === SCOPE_NAME) name = this.#values.name(otlpLimits.nameBytes);
        else reader.skip(field);
      }
      reader.leave(outer);
    }
    return name;
  }

  #span(tooDeep: boolean): void {
    const reader = this.#reader;
    const values = this.#values;
    const draft = this.#draft;
    const pairs: string[] = [];
    let events: EventsText | undefined;
    draft.reset();
    values.tooDeep = tooDeep;
    const outer = reader.enter();
    for (let tag = reader.tag(); tag !== 0; tag = reader.tag()) {
      switch (tag) {
        case TRACE_ID:
          draft.traceId = this.#id(16);
          break;
        case SPAN_ID:
          draft.spanId = this.#id(8);
          break;
        case PARENT_SPAN_ID:
          draft.parentSpanId = this.#parentId();
          break;
        case NAME:
          draft.name = values.name(otlpLimits.nameBytes);
          break;
        case KIND:
          draft.kind = reader.uint32();
          break;
        case START:
          draft.startNs = reader.fixed64();
          break;
        case END:
          draft.endNs = reader.fixed64();
          break;
        case ATTRIBUTES:
          values.attribute(pairs);
          break;
        case EVENTS:
          events ??= new EventsText();
          this.#event(events);
          break;
        case STATUS:
          this.#status();
          break;
        default:
          reader.skip(tag);
      }
    }
    reader.leave(outer);
    draft.attributes = pairs;
    if (events !== undefined) draft.events = events.toString();
    draft.tooDeep = values.tooDeep;
  }

  /** An id of `length` bytes; undefined when it has another length or is all zero. */
  #id(length: number): Uint8Array | undefined {
    const reader = this.#reader;
    const end = reader.lengthEnd();
    const start = reader.position;
    reader.position = end;
    return end - start === length ? this.#ids.copy(reader.bytes, start, length) : undefined;
  }

  /** The parent of a root is absent, empty or all zero. */
  #parentId(): Uint8Array | undefined {
    const reader = this.#reader;
    const end = reader.lengthEnd();
    const start = reader.position;
    reader.position = end;
    if (end === start) return ROOT_PARENT;
    return end - start === 8 ? (this.#ids.copy(reader.bytes, start, 8) ?? ROOT_PARENT) : undefined;
  }

  #status(): void {
    const reader = this.#reader;
    const outer = reader.enter();
    for (let tag = reader.tag(); tag !== 0; tag = reader.tag()) {
      if (tag === STATUS_CODE) this.#draft.statusCode = reader.uint32();
      else if (tag === STATUS_MESSAGE) this.#draft.statusMessage = this.#values.text();
      else reader.skip(tag);
    }
    reader.leave(outer);
  }

  #event(events: EventsText): void {
    const reader = this.#reader;
    if (events.full) {
      reader.position = reader.lengthEnd();
      return;
    }
    const pairs: string[] = [];
    const outer = reader.enter();
    let timeNs = 0n;
    let name = '';
    for (let tag = reader.tag(); tag !== 0; tag = reader.tag()) {
      if (tag === EVENT_TIME) timeNs = reader.fixed64();
      else if (tag === EVENT_NAME) name = this.#values.name(otlpLimits.nameBytes);
      else if (tag === EVENT_ATTRIBUTES) this.#values.attribute(pairs);
      else reader.skip(tag);
    }
    reader.leave(outer);
    events.add({ timeNs, name, attributes: pairs });
  }
}
