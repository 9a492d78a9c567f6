import type { SpanResource } from '../../core/telemetry/span.ts';
import { cutText } from './cut-text.ts';
import { EventsText } from './events-text.ts';
import { IdArena } from './id-arena.ts';
import type { JsonObject } from './json-checks.ts';
import { JsonChecks } from './json-checks.ts';
import { parseJson, quoteLongIntegers, readText } from './json-text.ts';
import { JsonValues } from './json-values.ts';
import { otlpLimits } from './limits.ts';
import { spanResource } from './resource.ts';
import type { DecodedTraces, TimePolicy } from './span-gatherer.ts';
import { ROOT_PARENT, SpanDraft, SpanGatherer } from './span-gatherer.ts';

/**
 * Decodes an ExportTraceServiceRequest (OTLP 1.x) from its JSON encoding: ids in hexadecimal of any case, enums as
 * integers, 64-bit integers as text or numbers, unknown members ignored.
 * @throws VerdantError `malformed-payload` when the text is no such message; single bad spans are counted instead
 */
export function decodeTracesJson(payload: Uint8Array, accept: TimePolicy): DecodedTraces {
  const text = readText(payload);
  const first = new JsonTraces(accept, new JsonChecks(false));
  const decoded = first.decode(parseJson(text));
  // JSON.parse rounds integers above 2^53. Senders mostly write them as text, so reading twice is the exception.
  if (!first.inexact) return decoded;
  return new JsonTraces(accept, new JsonChecks(true)).decode(parseJson(quoteLongIntegers(text)));
}

class JsonTraces {
  readonly #checks: JsonChecks;
  readonly #values: JsonValues;
  readonly #ids = new IdArena();
  readonly #draft = new SpanDraft();
  readonly #gatherer: SpanGatherer;

  constructor(accept: TimePolicy, checks: JsonChecks) {
    this.#checks = checks;
    this.#values = new JsonValues(checks);
    this.#gatherer = new SpanGatherer(accept);
  }

  get inexact(): boolean {
    return this.#checks.inexact;
  }

  decode(body: unknown): DecodedTraces {
    const request = this.#checks.object(body ?? [], 'the request');
    for (const item of this.#checks.list(request?.resourceSpans, 'resourceSpans')) {
      const resourceSpans = this.#checks.object(item, 'resourceSpans[]');
      if (resourceSpans !== undefined) this.#resourceSpans(resourceSpans);
    }
    return this.#gatherer.finish();
  }

  #resourceSpans(resourceSpans: JsonObject): void {
    const pairs: string[] = [];
    this.#values.tooDeep = false;
    const described = this.#checks.object(resourceSpans.resource, 'resource');
    this.#values.attributes(described?.attributes, 'resource.attributes', pairs);
    const tooDeep = this.#values.tooDeep;
    const resource = spanResource(pairs);
    for (const item of this.#checks.list(resourceSpans.scopeSpans, 'scopeSpans')) {
      const scopeSpans = this.#checks.object(item, 'scopeSpans[]');
      if (scopeSpans !== undefined) this.#scopeSpans(scopeSpans, resource, tooDeep);
    }
  }

  #scopeSpans(scopeSpans: JsonObject, resource: SpanResource, tooDeep: boolean): void {
    const scope = this.#checks.object(scopeSpans.scope, 'scope');
    const scopeName = this.#name(scope?.name, 'scope.name');
    for (const item of this.#checks.list(scopeSpans.spans, 'spans')) {
      if (this.#gatherer.full) {
        this.#gatherer.reject('many');
        continue;
      }
      this.#span(this.#checks.object(item, 'spans[]') ?? {}, tooDeep);
      this.#gatherer.add(this.#draft, resource, scopeName);
    }
  }

  #span(span: JsonObject, tooDeep: boolean): void {
    const checks = this.#checks;
    const draft = this.#draft;
    const pairs: string[] = [];
    draft.reset();
    this.#values.tooDeep = tooDeep;
    draft.traceId = this.#ids.fromHex(checks.text(span.traceId, 'traceId'), 16);
    draft.spanId = this.#ids.fromHex(checks.text(span.spanId, 'spanId'), 8);
    draft.parentSpanId = this.#parentId(checks.text(span.parentSpanId, 'parentSpanId'));
    draft.name = this.#name(span.name, 'name');
    draft.kind = checks.enumeration(span.kind, 'kind');
    draft.startNs = checks.uint64(span.startTimeUnixNano, 'startTimeUnixNano');
    draft.endNs = checks.uint64(span.endTimeUnixNano, 'endTimeUnixNano');
    const status = checks.object(span.status, 'status');
    draft.statusCode = checks.enumeration(status?.code, 'status.code');
    draft.statusMessage = cutText(checks.text(status?.message, 'status.message'), otlpLimits.valueBytes);
    this.#values.attributes(span.attributes, 'attributes', pairs);
    draft.attributes = pairs;
    draft.events = this.#events(checks.list(span.events, 'events'));
    draft.tooDeep = this.#values.tooDeep;
  }

  #events(list: readonly unknown[]): string {
    if (list.length === 0) return '';
    const events = new EventsText();
    for (const item of list) {
      if (events.full) break;
      const event = this.#checks.object(item, 'events[]') ?? {};
      const pairs: string[] = [];
      this.#values.attributes(event.attributes, 'events[].attributes', pairs);
      const timeNs = this.#checks.uint64(event.timeUnixNano, 'events[].timeUnixNano');
      events.add({ timeNs, name: this.#name(event.name, 'events[].name'), attributes: pairs });
    }
    return events.toString();
  }

  #name(value: unknown, what: string): string {
    return cutText(this.#checks.text(value, what), otlpLimits.nameBytes);
  }

  /** The parent of a root is absent, empty or all zero. */
  #parentId(text: string): Uint8Array | undefined {
    if (text === '' || text === ZERO_PARENT) return ROOT_PARENT;
    return this.#ids.fromHex(text, 8);
  }
}

const ZERO_PARENT = '0000000000000000';
