/**
 * Looks things up with one question at a time: whoever comes while one is under way shares the next. So a flood of
 * questions costs the one who answers no more than a few, and every answer is newer than its question.
 */
export class BatchedLookup<V> {
  readonly #read: (keys: readonly string[]) => Promise<ReadonlyMap<string, V>>;
  #next: { readonly keys: Set<string>; readonly found: Promise<ReadonlyMap<string, V>> } | undefined;
  #last: Promise<unknown> = Promise.resolve();

  constructor(read: (keys: readonly string[]) => Promise<ReadonlyMap<string, V>>) {
    this.#read = read;
  }

  /** @returns what there is by this key; fails as the question did that it was part of */
  async find(key: string): Promise<V | undefined> {
    const batch = this.#next ?? this.#begin();
    batch.keys.add(key);
    return (await batch.found).get(key);
  }

  #begin() {
    const keys = new Set<string>();
    const found = this.#last.then(() => {
      this.#next = undefined;
      return this.#read([...keys]);
    });
    this.#last = found.catch(() => undefined);
    const batch = { keys, found };
    this.#next = batch;
    return batch;
  }
}
