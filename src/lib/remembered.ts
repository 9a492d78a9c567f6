import type { Clock } from './clock.ts';

/** A value that is dear to get: got anew when it is older than it may be, once for all who ask meanwhile. */
export class Remembered<T> {
  readonly #clock: Clock;
  readonly #keepMs: number;
  readonly #get: () => Promise<T>;
  #value: Promise<T> | undefined;
  #gotAt = 0;

  constructor(clock: Clock, keepMs: number, get: () => Promise<T>) {
    this.#clock = clock;
    this.#keepMs = keepMs;
    this.#get = get;
  }

  /** A failure is told to all who wait for it and not remembered. */
  value(): Promise<T> {
    const age = this.#clock.now() - this.#gotAt;
    if (this.#value !== undefined && age >= 0 && age < this.#keepMs) return this.#value;
    const value = this.#get();
    this.#value = value;
    this.#gotAt = this.#clock.now();
    value.catch(() => {
      if (this.#value === value) this.#value = undefined;
    });
    return value;
  }
}
