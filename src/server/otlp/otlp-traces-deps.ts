import type { FastifyRequest } from 'fastify';
import type { ErrorCode } from '../../contract/errors.ts';
import type { Span } from '../../core/telemetry/span.ts';
import type { TimePolicy } from '../../ingest/otlp/span-gatherer.ts';
import type { BodyIntake } from './body-intake.ts';

/** The good spans of one payload. */
export interface TraceBatch {
  readonly spans: Span[];
  /** Spans that the decoder did not take, and why; for counters, they are in the answer already. */
  readonly rejected: number;
  readonly reasons: readonly string[];
  /** Size of the payload after decompression: what it weighs while it waits. */
  readonly bytes: number;
}

/** What the writer did not take of the spans it was given; the answer adds it to what the decoder rejected. */
export interface TraceWriteOutcome {
  readonly rejected: number;
  readonly reasons: readonly string[];
}

/** How one export ended. */
export interface OtlpTracesEvent {
  readonly outcome: 'accepted' | 'partial' | ErrorCode;
  readonly acceptedSpans: number;
  readonly rejectedSpans: number;
  /** As sent, and after decompression; 0 when it did not come that far. */
  readonly wireBytes: number;
  readonly payloadBytes: number;
}

export interface OtlpTracesLimits {
  /** Of a body as it is sent. */
  readonly maxBodyBytes: number;
  /** Of a body after decompression. */
  readonly maxDecompressedBytes: number;
}

/** What receiving traces needs from the rest of the program. */
export interface OtlpTracesDeps {
  /** Before the body is read. @throws VerdantError `unauthenticated`, `forbidden`, `too-many-requests` */
  authenticate(request: FastifyRequest): Promise<void>;
  /** Resolves when the spans are durable. @throws VerdantError `overloaded`, `store-full`, `shutting-down` ... */
  write(batch: TraceBatch): Promise<TraceWriteOutcome>;
  timePolicy(): TimePolicy;
  readonly limits: OtlpTracesLimits;
  /** Shared by all doors through which telemetry comes. */
  readonly intake: BodyIntake;
  /** Origins whose pages may send, such as `https://bank.example`, or all of them. */
  readonly corsOrigins: readonly string[] | '*';
  /** Called once an export, whatever its end. */
  observe(event: OtlpTracesEvent): void;
}
