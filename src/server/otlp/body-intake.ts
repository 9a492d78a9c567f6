import type { Readable } from 'node:stream';
import { VerdantError } from '../../contract/errors.ts';
import { malformed } from '../../ingest/otlp/malformed.ts';
import { Turns } from '../../lib/turns.ts';

/** One is read by the main thread while another is decompressed beside it; more would only take memory. */
const UNPACKED_AT_ONCE = 2;

/**
 * The memory that bodies may take while they come in and wait to be read, over all connections and doors. Bytes count as
 * they arrive, so that nobody takes room by announcing a body and sending none.
 */
export class BodyIntake {
  /** Compressed bodies are large only once they are unpacked: that is done for a few at a time. */
  readonly unpacking = new Turns(UNPACKED_AT_ONCE);
  readonly #maxBytes: number;
  #bytes = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** Of bodies that are in memory now. */
  get bytes(): number {
    return this.#bytes;
  }

  /**
   * Refuses a body by its length before a byte of it is read.
   * @throws VerdantError `overloaded`
   */
  admit(length: number): void {
    if (this.#bytes + length > this.#maxBytes) throw overloaded();
  }

  /**
   * Takes a body in; whoever gets it calls {@link free} when it is read.
   * @throws VerdantError `payload-too-large` beyond `maxBytes`, `overloaded` when all bodies together are too much
   */
  async receive(stream: Readable, maxBytes: number): Promise<Buffer> {
    const chunks: Buffer[] = [];
    let size = 0;
    const add = (chunk: Buffer): VerdantError | undefined => {
      size += chunk.length;
      this.#bytes += chunk.length;
      chunks.push(chunk);
      if (size > maxBytes) return new VerdantError('payload-too-large');
      return this.#bytes > this.#maxBytes ? overloaded() : undefined;
    };
    try {
      await readAll(stream, add);
    } catch (error) {
      this.#bytes -= size;
      throw error;
    }
    return chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks, size);
  }

  free(body: Buffer): void {
    this.#bytes -= body.length;
  }
}

const overloaded = (): VerdantError => new VerdantError('overloaded', { retryAfter: 1 });

/** Not by for-await: leaving that early would destroy the connection before the refusal is sent. */
function readAll(stream: Readable, add: (chunk: Buffer) => VerdantError | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const settle = (error?: unknown): void => {
      stream.off('data', onData).off('end', settle).off('error', onError).off('close', onError);
      if (error === undefined) resolve();
      else reject(error);
    };
    const onData = (chunk: Buffer): void => {
      const refusal = add(chunk);
      if (refusal !== undefined) settle(refusal);
    };
    const onError = (cause?: unknown): void => settle(malformed('the body ended early', cause));
    stream.on('data', onData).on('end', settle).on('error', onError).on('close', onError);
  });
}
