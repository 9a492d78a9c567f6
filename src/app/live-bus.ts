import type { EvaluatedEvent } from '../contract/api/live.ts';

type Listener = (event: EvaluatedEvent) => void;

/** Tells open pages that the ledger moved. */
export class LiveBus {
  readonly #listeners = new Set<Listener>();

  get listeners(): number {
    return this.#listeners.size;
  }

  /** @returns a function that ends the subscription */
  subscribe(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  publish(event: EvaluatedEvent): void {
    for (const listener of this.#listeners) listener(event);
  }
}
