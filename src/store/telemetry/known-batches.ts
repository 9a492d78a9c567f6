/** What is known of a payload that was seen before. */
export type KnownBatch =
  /** It is being written: whoever repeats it waits for the same outcome. */
  | { readonly state: 'writing'; readonly done: Promise<void> }
  | { readonly state: 'stored' }
  /** A crash or an error came between: the store must be asked which of its spans it holds. */
  | { readonly state: 'uncertain' };

interface Entry {
  readonly batch: KnownBatch;
  readonly at: number;
}

/** Payloads of the last minutes by their key, bounded in time and number. */
export class KnownBatches {
  readonly #entries = new Map<bigint, Entry>();
  readonly #keepMs: number;
  readonly #limit: number;

  constructor(keepMs: number, limit: number) {
    this.#keepMs = keepMs;
    this.#limit = limit;
  }

  get(key: bigint): KnownBatch | undefined {
    return this.#entries.get(key)?.batch;
  }

  set(key: bigint, batch: KnownBatch, now: number): void {
    this.#entries.delete(key);
    this.#entries.set(key, { batch, at: now });
    for (const [old, entry] of this.#entries) {
      const expired = entry.at < now - this.#keepMs || this.#entries.size > this.#limit;
      if (!expired || entry.batch.state === 'writing') break;
      this.#entries.delete(old);
    }
  }
}
