import type { Fault } from '../../src/contract/api/demo.ts';
import type { Clock } from '../../src/lib/clock.ts';
import { FAULT_MAX_MS, type FaultName, faultKinds, faultNames } from '../bank/faults.ts';

/** Which faults are on, and since when. The only place that knows. */
export class FaultBoard {
  readonly #clock: Clock;
  readonly #onChange: (name: FaultName, active: boolean) => void;
  readonly #since = new Map<FaultName, number>();

  constructor(clock: Clock, onChange: (name: FaultName, active: boolean) => void) {
    this.#clock = clock;
    this.#onChange = onChange;
  }

  /** Switches a fault on; one that is on stays as it is. */
  begin(name: FaultName): void {
    if (this.#since.has(name)) return;
    this.#since.set(name, this.#clock.now());
    this.#onChange(name, true);
  }

  /** Switches a fault off, if it is on. */
  end(name: FaultName): void {
    if (this.#since.delete(name)) this.#onChange(name, false);
  }

  /** Ends what has lasted too long; to be called now and then. */
  endOverdue(): void {
    for (const [name, since] of this.#since) if (this.#clock.now() - since >= FAULT_MAX_MS) this.end(name);
  }

  active(): FaultName[] {
    return [...this.#since.keys()];
  }

  describe(name: FaultName): Fault {
    const since = this.#since.get(name);
    return {
      ...faultKinds[name],
      active: since !== undefined,
      since: since === undefined ? null : new Date(since).toISOString(),
    };
  }

  list(): Fault[] {
    return faultNames.map((name) => this.describe(name));
  }
}
