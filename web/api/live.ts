import type { QueryClient } from '@tanstack/react-query';
import { evaluatedEventSchema } from '../../src/contract/api/live.ts';
import { type Connection, refreshPause } from './live-state.ts';

export interface LiveSnapshot extends Connection {
  /** Up to when data is complete; undefined until the first news. */
  readonly watermark: string | undefined;
}

const REOPEN_AFTER_MS = 5_000;

/** Follows `/api/v1/live`: tells what moved to the query cache, and its own state to whoever listens. */
export class LiveFeed {
  readonly #queries: QueryClient;
  readonly #listeners = new Set<() => void>();
  #snapshot: LiveSnapshot = { open: false, opened: false, heardAt: 0, watermark: undefined };
  #source: EventSource | undefined;
  #reopen: number | undefined;
  #refresh: number | undefined;
  #changed = new Set<string>();

  constructor(queries: QueryClient) {
    this.#queries = queries;
  }

  readonly snapshot = (): LiveSnapshot => this.#snapshot;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Opens the stream; the function it returns closes it. */
  readonly start = (): (() => void) => {
    this.#open();
    const onVisible = () => this.#plan();
    document.addEventListener('visibilitychange', onVisible);
    return () => {
      document.removeEventListener('visibilitychange', onVisible);
      this.#source?.close();
      window.clearTimeout(this.#reopen);
      window.clearTimeout(this.#refresh);
      this.#refresh = undefined;
    };
  };

  /** Takes the watermark of an answer, so that it shows before the first event comes. */
  readonly observe = (watermark: string): void => {
    const known = this.#snapshot.watermark;
    if (known === undefined || Date.parse(watermark) > Date.parse(known)) this.#set({ watermark });
  };

  #open(): void {
    const source = new EventSource('/api/v1/live');
    this.#source = source;
    source.onopen = () => {
      const missed = this.#snapshot.opened;
      this.#set({ open: true, opened: true, heardAt: Date.now() });
      if (missed) void this.#queries.invalidateQueries();
    };
    source.onerror = () => {
      this.#set({ open: false });
      // The browser reconnects by itself, except after an answer such as 401 or 503.
      if (source.readyState === EventSource.CLOSED) {
        this.#reopen = window.setTimeout(() => this.#open(), REOPEN_AFTER_MS);
      }
    };
    source.addEventListener('evaluated', (event) => this.#hear(event.data));
  }

  #hear(text: unknown): void {
    const event = evaluatedEventSchema.safeParse(typeof text === 'string' ? JSON.parse(text) : undefined);
    if (!event.success) return;
    this.#set({ heardAt: Date.now(), watermark: event.data.watermark });
    for (const name of event.data.changed) this.#changed.add(name);
    this.#plan();
  }

  /** One refresh at a time, none while nobody looks. */
  #plan(): void {
    if (this.#refresh !== undefined || this.#changed.size === 0 || document.hidden) return;
    this.#refresh = window.setTimeout(() => void this.#flush(), refreshPause(this.#lastFetchMs));
  }

  #lastFetchMs = 0;

  async #flush(): Promise<void> {
    const changed = this.#changed;
    this.#changed = new Set();
    const start = performance.now();
    const concerned = (key: readonly unknown[]): boolean =>
      key[0] === 'board' || (key[0] === 'objective' && typeof key[1] === 'string' && changed.has(key[1]));
    await this.#queries.invalidateQueries({ predicate: (query) => concerned(query.queryKey) });
    this.#lastFetchMs = performance.now() - start;
    this.#refresh = undefined;
    this.#plan();
  }

  #set(part: Partial<LiveSnapshot>): void {
    this.#snapshot = { ...this.#snapshot, ...part };
    for (const listener of this.#listeners) listener();
  }
}
