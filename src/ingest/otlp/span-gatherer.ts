import type { AttributePairs, Span, SpanResource } from '../../core/telemetry/span.ts';
import { SpanKind, SpanStatus } from '../../core/telemetry/span.ts';
import { otlpLimits } from './limits.ts';

/** Which times are accepted: what began before `oldestNs` or ended after `newestNs` is rejected. */
export interface TimePolicy {
  /** Nanoseconds since the Unix epoch, inclusive. */
  readonly oldestNs: bigint;
  readonly newestNs: bigint;
}

/** What a payload held: the good spans, and why the others were not taken. */
export interface DecodedTraces {
  readonly spans: Span[];
  readonly rejected: number;
  /** One sentence a fault, in the order of first appearance. */
  readonly reasons: string[];
}

/** Why one span is not taken while the others of its payload are. */
export const spanFaults = {
  traceId: 'the trace id is missing, all zero or not 16 bytes',
  spanId: 'the span id is missing, all zero or not 8 bytes',
  parentSpanId: 'the parent span id is not 8 bytes',
  start: 'the start time is missing',
  // A duration of zero would be made up and count as fast, so the span is not repaired.
  end: 'the end time is missing or before the start',
  old: 'the start is older than the retention',
  future: 'the end lies in the future by more than two minutes',
  deep: `an attribute value is nested deeper than ${otlpLimits.valueDepth}`,
  many: `the payload holds more than ${otlpLimits.spansPerPayload} spans`,
} as const;
export type SpanFault = keyof typeof spanFaults;

export const NO_ATTRIBUTES: AttributePairs = [];
const NO_ID = new Uint8Array(0);
export const ROOT_PARENT = new Uint8Array(8);

/** A span while it is being read. One object serves a whole payload. */
export class SpanDraft {
  /** Undefined: wrong; the parent of a root is {@link ROOT_PARENT}. */
  traceId: Uint8Array | undefined = undefined;
  spanId: Uint8Array | undefined = undefined;
  parentSpanId: Uint8Array | undefined = ROOT_PARENT;
  name = '';
  kind = 0;
  startNs = 0n;
  endNs = 0n;
  statusCode = 0;
  statusMessage = '';
  attributes: AttributePairs = NO_ATTRIBUTES;
  events = '';
  tooDeep = false;

  reset(): void {
    this.traceId = undefined;
    this.spanId = undefined;
    this.parentSpanId = ROOT_PARENT;
    this.name = '';
    this.kind = 0;
    this.startNs = 0n;
    this.endNs = 0n;
    this.statusCode = 0;
    this.statusMessage = '';
    this.attributes = NO_ATTRIBUTES;
    this.events = '';
    this.tooDeep = false;
  }
}

/** Judges the spans of one payload, in the same way for every encoding, and gathers the good ones. */
export class SpanGatherer {
  readonly spans: Span[] = [];
  readonly #accept: TimePolicy;
  readonly #faults = new Map<SpanFault, number>();
  #rejected = 0;

  constructor(accept: TimePolicy) {
    this.#accept = accept;
  }

  /** True when further spans need no decoding, only {@link reject}. */
  get full(): boolean {
    return this.spans.length >= otlpLimits.spansPerPayload;
  }

  add(draft: SpanDraft, resource: SpanResource, scope: string): void {
    const fault = this.#faultOf(draft);
    if (fault !== undefined) {
      this.reject(fault);
      return;
    }
    this.spans.push({
      resource,
      scope,
      traceId: draft.traceId ?? NO_ID,
      spanId: draft.spanId ?? NO_ID,
      parentSpanId: draft.parentSpanId ?? NO_ID,
      name: draft.name,
      kind: draft.kind <= SpanKind.consumer ? draft.kind : SpanKind.unspecified,
      startNs: draft.startNs,
      durationNs: draft.endNs - draft.startNs,
      statusCode: draft.statusCode <= SpanStatus.error ? draft.statusCode : SpanStatus.unset,
      statusMessage: draft.statusMessage,
      attributes: draft.attributes,
      events: draft.events,
    });
  }

  reject(fault: SpanFault): void {
    this.#rejected++;
    this.#faults.set(fault, (this.#faults.get(fault) ?? 0) + 1);
  }

  finish(): DecodedTraces {
    const reasons = Array.from(this.#faults, ([fault, count]) => `${count} rejected: ${spanFaults[fault]}`);
    return { spans: this.spans, rejected: this.#rejected, reasons };
  }

  #faultOf(draft: SpanDraft): SpanFault | undefined {
    if (draft.traceId === undefined) return 'traceId';
    if (draft.spanId === undefined) return 'spanId';
    if (draft.parentSpanId === undefined) return 'parentSpanId';
    if (draft.startNs === 0n) return 'start';
    if (draft.endNs < draft.startNs) return 'end';
    if (draft.startNs < this.#accept.oldestNs) return 'old';
    if (draft.endNs > this.#accept.newestNs) return 'future';
    return draft.tooDeep ? 'deep' : undefined;
  }
}
