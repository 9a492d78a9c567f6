import { VerdantError } from '../../contract/errors.ts';
import type { StoredSpan } from '../../core/telemetry/stored-span.ts';
import type { Clock } from '../../lib/clock.ts';
import { batchKey } from './batch-key.ts';
import type { SqlEngine } from './engine/sql-engine.ts';
import { KnownBatches } from './known-batches.ts';
import { recentBatchKeys, storedSpanIds } from './questions/stored-batches.ts';
import { SPAN_COLUMNS, SpanBlock } from './span-block.ts';

export interface SpanWriterOptions {
  /** Rows gathered into one write at most. */
  readonly flushRows: number;
  /** Milliseconds that the first span of a group waits for company. */
  readonly flushIntervalMs: number;
  /** Bytes of payloads that may wait at once. */
  readonly maxPendingBytes: number;
}

/** What the writer has done since it started; for `/metrics`. */
export interface SpanWriterCounters {
  spansWritten: number;
  spansRepeated: number;
  writes: number;
  failedWrites: number;
  shed: number;
}

/** Payloads that are written together, and whom to tell. */
interface Group {
  readonly block: SpanBlock;
  readonly waiting: { readonly rows: number; readonly settle: (error?: VerdantError) => void }[];
  /** Runs out when its first span has waited long enough. */
  readonly timer: NodeJS.Timeout;
  due: boolean;
}

/** A sender repeats a payload within minutes or not at all (OTLP exporters give up after one to five minutes). */
const REMEMBER_MS = 10 * 60_000;
const REMEMBER_BATCHES = 200_000;
const WRITES_AT_ONCE = 2;
const FIRST_BLOCK_ROWS = 512;

/**
 * Writes spans in groups and tells each sender when its own are durable. Groups grow while a write is under way, so
 * that load makes writes larger, not more frequent; memory is bounded by turning senders away.
 */
export class SpanWriter {
  readonly counters: SpanWriterCounters = { spansWritten: 0, spansRepeated: 0, writes: 0, failedWrites: 0, shed: 0 };
  readonly #engine: SqlEngine;
  readonly #clock: Clock;
  readonly #options: SpanWriterOptions;
  readonly #known = new KnownBatches(REMEMBER_MS, REMEMBER_BATCHES);
  /** Ingest times of the writes under way. */
  readonly #underWay = new Set<bigint>();
  /** Not written yet, the oldest first; payloads join the last. */
  #groups: Group[] = [];
  /** What the last group came to is the best guess for the next. */
  #expectedRows = FIRST_BLOCK_ROWS;
  #pendingBytes = 0;
  #lastIngestedAt: bigint;
  #closed = false;
  #idle: (() => void)[] = [];

  private constructor(engine: SqlEngine, clock: Clock, options: SpanWriterOptions, lastIngestedAt: bigint) {
    this.#engine = engine;
    this.#clock = clock;
    this.#options = options;
    this.#lastIngestedAt = lastIngestedAt;
  }

  /** Opens a writer that knows what was written shortly before a crash. */
  static async open(engine: SqlEngine, clock: Clock, options: SpanWriterOptions): Promise<SpanWriter> {
    const recent = await recentBatchKeys(engine, clock.now() - REMEMBER_MS);
    const writer = new SpanWriter(engine, clock, options, recent.lastIngestedAt);
    for (const key of recent.keys) writer.#known.set(key, { state: 'uncertain' }, clock.now());
    return writer;
  }

  get pendingBytes(): number {
    return this.#pendingBytes;
  }

  /**
   * Everything ingested at or before this time (microseconds) is visible to questions: no write with an earlier
   * time is under way, and every later write gets a later one.
   */
  settledUntil(): bigint {
    let settled = this.#nextIngestedAt() - 1n;
    this.writeAfter(settled);
    for (const time of this.#underWay) if (time <= settled) settled = time - 1n;
    return settled;
  }

  /**
   * Gives every later write a later ingest time than this (microseconds): what was said to be settled stays so, even
   * when the clock is set back.
   */
  writeAfter(ingestedAt: bigint): void {
    if (ingestedAt > this.#lastIngestedAt) this.#lastIngestedAt = ingestedAt;
  }

  /**
   * Writes the spans of one payload; resolves when they are durable. A payload that is stored already is not written
   * again.
   * @param bytes size of the payload, for the memory limit
   * @throws VerdantError `overloaded`, `store-full`, `store-unavailable`, `shutting-down`
   */
  write(spans: readonly StoredSpan[], bytes: number): Promise<void> {
    // Neither this nor what it calls is async: whoever waits for the disk must not keep the spans in memory.
    if (this.#closed) return Promise.reject(new VerdantError('shutting-down', { retryAfter: 2 }));
    if (spans.length === 0) return Promise.resolve();
    const key = batchKey(spans);
    const known = this.#known.get(key);
    if (known?.state === 'writing' || known?.state === 'stored') {
      this.counters.spansRepeated += spans.length;
      return known.state === 'writing' ? known.done : Promise.resolve();
    }
    // What is turned away here stays as unknown as it was: its next try must not cost a question.
    if (this.#pendingBytes + bytes > this.#options.maxPendingBytes) {
      this.counters.shed += spans.length;
      return Promise.reject(new VerdantError('overloaded', { retryAfter: 1 }));
    }
    const done = this.#writeNew(key, spans, { bytes, uncertain: known?.state === 'uncertain' });
    this.#known.set(key, { state: 'writing', done }, this.#clock.now());
    return this.#remember(key, done);
  }

  async #remember(key: bigint, done: Promise<void>): Promise<void> {
    try {
      await done;
      this.#known.set(key, { state: 'stored' }, this.#clock.now());
    } catch (error) {
      this.#known.set(key, { state: 'uncertain' }, this.#clock.now());
      throw error;
    }
  }

  /** Writes what waits, then takes nothing more. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#flush();
    if (this.#underWay.size === 0 && this.#groups.length === 0) return;
    await new Promise<void>((resolve) => this.#idle.push(resolve));
  }

  #writeNew(
    key: bigint,
    spans: readonly StoredSpan[],
    { bytes, uncertain }: { readonly bytes: number; readonly uncertain: boolean },
  ): Promise<void> {
    this.#pendingBytes += bytes;
    const written = uncertain ? this.#writeMissing(key, spans) : this.#enqueue(key, spans);
    return written.finally(() => {
      this.#pendingBytes -= bytes;
    });
  }

  async #writeMissing(key: bigint, spans: readonly StoredSpan[]): Promise<void> {
    const missing = await this.#missingSpans(key, spans);
    if (missing.length > 0) await this.#enqueue(key, missing);
  }

  async #missingSpans(key: bigint, spans: readonly StoredSpan[]): Promise<readonly StoredSpan[]> {
    const stored = await storedSpanIds(this.#engine, key, this.#clock.now() - 2 * REMEMBER_MS);
    const missing = spans.filter(({ span }) => !stored.has(Buffer.from(span.spanId).toString('hex')));
    this.counters.spansRepeated += spans.length - missing.length;
    return missing;
  }

  #enqueue(key: bigint, spans: readonly StoredSpan[]): Promise<void> {
    const group = this.#groupFor(spans.length);
    group.block.add({ spans, key });
    const rows = spans.length;
    return new Promise((resolve, reject) => {
      group.waiting.push({ rows, settle: (error) => (error === undefined ? resolve() : reject(error)) });
      this.#flush();
    });
  }

  /** The group that waits, as long as it has room; a payload larger than a group makes one of its own. */
  #groupFor(rows: number): Group {
    const last = this.#groups.at(-1);
    if (last !== undefined && last.block.rows + rows <= this.#options.flushRows) return last;
    const timer = setTimeout(() => {
      group.due = true;
      this.#flush();
    }, this.#options.flushIntervalMs);
    const block = new SpanBlock(Math.max(this.#expectedRows, rows));
    const group: Group = { block, waiting: [], timer, due: false };
    this.#groups.push(group);
    return group;
  }

  /**
   * Writes the groups that are full or have waited long enough. One that is neither waits on even when nothing else is
   * being written: many small writes cost far more than they save, since the engine must merge them all.
   */
  #flush(): void {
    while (this.#underWay.size < WRITES_AT_ONCE) {
      const group = this.#groups[0];
      if (group === undefined || !this.#isReady(group)) return;
      this.#groups.shift();
      clearTimeout(group.timer);
      void this.#writeGroup(group);
    }
  }

  #isReady({ block, due }: Group): boolean {
    return due || this.#closed || this.#groups.length > 1 || block.rows >= this.#options.flushRows;
  }

  async #writeGroup({ block, waiting }: Group): Promise<void> {
    const ingestedAt = this.#nextIngestedAt();
    this.#lastIngestedAt = ingestedAt;
    this.#underWay.add(ingestedAt);
    this.#expectedRows = Math.max(FIRST_BLOCK_ROWS, block.rows);
    try {
      await this.#engine.insertNative('spans', SPAN_COLUMNS, block.encode(ingestedAt));
      this.counters.writes += 1;
      for (const { rows, settle } of waiting) {
        this.counters.spansWritten += rows;
        settle();
      }
    } catch (error) {
      this.counters.failedWrites += 1;
      const told = error instanceof VerdantError ? error : new VerdantError('internal', { cause: error });
      for (const { settle } of waiting) settle(told);
    } finally {
      this.#underWay.delete(ingestedAt);
      this.#afterWrite();
    }
  }

  #afterWrite(): void {
    if (this.#groups.length > 0) this.#flush();
    else if (this.#underWay.size === 0) for (const resolve of this.#idle.splice(0)) resolve();
  }

  #nextIngestedAt(): bigint {
    const now = BigInt(this.#clock.now()) * 1000n;
    return now > this.#lastIngestedAt ? now : this.#lastIngestedAt + 1n;
  }
}
