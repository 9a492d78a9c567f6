/** Span kinds of OpenTelemetry (trace.proto, SpanKind). */
export const SpanKind = { unspecified: 0, internal: 1, server: 2, client: 3, producer: 4, consumer: 5 } as const;

/** Status codes of a span (trace.proto, Status.StatusCode). */
export const SpanStatus = { unset: 0, ok: 1, error: 2 } as const;

/** Attributes as flat pairs: key, value, key, value. Flat, because a span has ten and a second has ten thousand spans. */
export type AttributePairs = readonly string[];

/** What one resource says about itself; shared by all spans of it in a payload. */
export interface SpanResource {
  /** `service.name`, or `unknown_service`. */
  readonly service: string;
  readonly namespace: string;
  readonly version: string;
  readonly environment: string;
  readonly attributes: AttributePairs;
}

/** A span as it came over the wire, checked and with every attribute value as text. */
export interface Span {
  readonly resource: SpanResource;
  readonly scope: string;
  /** 16 bytes. */
  readonly traceId: Uint8Array;
  /** 8 bytes. */
  readonly spanId: Uint8Array;
  /** 8 bytes; all zero for a root span. */
  readonly parentSpanId: Uint8Array;
  readonly name: string;
  readonly kind: number;
  /** Start, nanoseconds since the Unix epoch. */
  readonly startNs: bigint;
  /** Nanoseconds; never negative. */
  readonly durationNs: bigint;
  readonly statusCode: number;
  readonly statusMessage: string;
  readonly attributes: AttributePairs;
  /** Events as JSON text: `[{"time":"<ns>","name":"exception","attributes":{...}}]`, or empty. */
  readonly events: string;
}
