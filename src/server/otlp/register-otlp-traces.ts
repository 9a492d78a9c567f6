import type { IncomingMessage } from 'node:http';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { VerdantError } from '../../contract/errors.ts';
import { decodeTracesJson } from '../../ingest/otlp/decode-json.ts';
import { decodeTracesProtobuf } from '../../ingest/otlp/decode-protobuf.ts';
import type { OtlpEncoding } from '../../ingest/otlp/encoding.ts';
import { contentTypes, encodingOf } from '../../ingest/otlp/encoding.ts';
import { exportAnswer } from '../../ingest/otlp/export-answer.ts';
import { malformed } from '../../ingest/otlp/malformed.ts';
import { statusAnswer } from '../../ingest/otlp/status-answer.ts';
import { withoutInside } from '../plugins/errors.ts';
import { allowOrigin, answerPreflight } from './cors.ts';
import { type ContentCoding, codingOf, decompress } from './decompress.ts';
import type { OtlpTracesDeps, OtlpTracesEvent } from './otlp-traces-deps.ts';

/** Seconds until a sender that was turned away may come again, when the error does not say. */
const RETRY_AFTER_SECONDS = 1;

/** The specification has no trailing slash, but exporters with a hand-written URL do. */
const PATHS = ['/v1/traces', '/v1/traces/'];

/** Statuses on which an exporter tries again by itself (OTLP specification, "Retryable Response Codes"). */
const RETRYABLE: ReadonlySet<number> = new Set([429, 502, 503, 504]);

/**
 * Serves OTLP/HTTP traces (POST /v1/traces) on this instance, by the rules of the OTLP specification. Encapsulated:
 * parsers, hooks and the error handler concern these routes only.
 */
export function registerOtlpTraces(app: FastifyInstance, deps: OtlpTracesDeps): void {
  app.register((scope, _options, done) => {
    const receiver = new OtlpTraces(deps);
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_request: FastifyRequest, stream: IncomingMessage) =>
      deps.intake.receive(stream, deps.limits.maxBodyBytes),
    );
    scope.addHook('onRequest', (request, reply) => receiver.admit(request, reply));
    scope.setErrorHandler((error, request, reply) => receiver.fail(error, request, reply));
    for (const url of PATHS) {
      scope.route({
        method: [...scope.supportedMethods],
        url,
        schema: { hide: true },
        handler: (request, reply) => receiver.receive(request, reply),
      });
    }
    done();
  });
}

interface TakenPayload {
  readonly acceptedSpans: number;
  readonly rejectedSpans: number;
  readonly reasons: readonly string[];
}

interface ReadPayload {
  readonly payloadBytes: number;
  readonly taken: TakenPayload | Promise<TakenPayload>;
}

class OtlpTraces {
  readonly #deps: OtlpTracesDeps;

  constructor(deps: OtlpTracesDeps) {
    this.#deps = deps;
  }

  /** Decides by the headers alone, before a byte of the body is read. */
  async admit(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined> {
    const allowed = allowOrigin(request, reply, this.#deps.corsOrigins);
    if (request.method === 'OPTIONS') return answerPreflight(request, reply, allowed);
    if (request.method !== 'POST') {
      reply.header('allow', 'POST, OPTIONS');
      throw new VerdantError('method-not-allowed');
    }
    const { 'content-type': type, 'content-encoding': encoding } = request.headers;
    if (encodingOf(type) === undefined || codingOf(encoding) === undefined) {
      throw new VerdantError('unsupported-media-type');
    }
    await this.#deps.authenticate(request);
    const length = Number(request.headers['content-length'] ?? 0);
    if (length > this.#deps.limits.maxBodyBytes) throw new VerdantError('payload-too-large');
    this.#deps.intake.admit(length);
    return undefined;
  }

  async receive(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const encoding = encodingOf(request.headers['content-type']) ?? 'json';
    const coding = codingOf(request.headers['content-encoding']) ?? 'identity';
    const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    const { payloadBytes, taken } = await this.#read(body, coding, encoding).finally(() =>
      this.#deps.intake.free(body),
    );
    const outcome = await taken;
    this.#deps.observe({
      outcome: outcome.rejectedSpans === 0 ? 'accepted' : 'partial',
      acceptedSpans: outcome.acceptedSpans,
      rejectedSpans: outcome.rejectedSpans,
      wireBytes: body.length,
      payloadBytes,
    });
    const answer = exportAnswer(encoding, { rejected: outcome.rejectedSpans, reasons: outcome.reasons });
    return reply.code(200).header('content-type', contentTypes[encoding]).send(answer);
  }

  /** Answers an error in the encoding of the request, or as plain text when that is not known. */
  fail(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
    const cause = toVerdantError(error);
    const known = withoutInside(cause, request.id);
    if (known.code === 'internal') request.log.error({ err: error }, 'receiving traces failed');
    this.#deps.observe(failure(known.code, request.body));
    if (RETRYABLE.has(known.status)) {
      reply.header('retry-after', String(Math.ceil(known.retryAfter ?? RETRY_AFTER_SECONDS)));
    }
    // What is left of a body too large is not worth waiting for.
    if (known.code === 'payload-too-large' && !request.raw.complete) reply.header('connection', 'close');
    reply.code(known.status);
    const encoding = encodingOf(request.headers['content-type']);
    if (encoding === undefined || known.status === 405 || known.status === 415) {
      return reply.header('content-type', 'text/plain; charset=utf-8').send(`${known.message} ${known.fix}\n`);
    }
    return reply.header('content-type', contentTypes[encoding]).send(statusAnswer(encoding, known));
  }

  /** Hands the payload over; who waits for `taken` keeps neither the payload nor its spans in memory. */
  async #read(body: Buffer, coding: ContentCoding, encoding: OtlpEncoding): Promise<ReadPayload> {
    const read = async (): Promise<ReadPayload> => {
      const payload = await decompress(body, coding, this.#deps.limits.maxDecompressedBytes);
      return { payloadBytes: payload.length, taken: this.#take(encoding, payload) };
    };
    return coding === 'identity' ? read() : this.#deps.intake.unpacking.take(read);
  }

  /** Not async, or the spans would stay in memory until they are acknowledged. */
  #take(encoding: OtlpEncoding, payload: Buffer): TakenPayload | Promise<TakenPayload> {
    // An empty request is a success, in JSON too, where no bytes are no document.
    if (payload.length === 0) return { acceptedSpans: 0, rejectedSpans: 0, reasons: [] };
    const decode = encoding === 'json' ? decodeTracesJson : decodeTracesProtobuf;
    const { spans, rejected, reasons } = decode(payload, this.#deps.timePolicy());
    if (spans.length === 0) return { acceptedSpans: 0, rejectedSpans: rejected, reasons };
    const taken = spans.length;
    return this.#deps.write({ spans, rejected, reasons, bytes: payload.length }).then((written) => ({
      acceptedSpans: taken - written.rejected,
      rejectedSpans: rejected + written.rejected,
      reasons: [...reasons, ...written.reasons],
    }));
  }
}

function failure(outcome: OtlpTracesEvent['outcome'], body: unknown): OtlpTracesEvent {
  const wireBytes = Buffer.isBuffer(body) ? body.length : 0;
  return { outcome, acceptedSpans: 0, rejectedSpans: 0, wireBytes, payloadBytes: 0 };
}

/** What Fastify found wrong with a body, in our words; all else is ours and internal. */
function toVerdantError(error: unknown): VerdantError {
  if (error instanceof VerdantError) return error;
  const status = error instanceof Error && 'statusCode' in error ? error.statusCode : undefined;
  if (status === 413) return new VerdantError('payload-too-large', { cause: error });
  if (status === 415) return new VerdantError('unsupported-media-type', { cause: error });
  if (status === 429) return new VerdantError('too-many-requests', { cause: error });
  if (typeof status === 'number' && status >= 400 && status < 500) return malformed('the body was not read', error);
  return new VerdantError('internal', { cause: error });
}
