import { setTimeout as sleep } from 'node:timers/promises';

/** What can be done to a database so that its clients see real errors. */
export interface Ailments {
  /** Lets all queries wait this long. */
  hang(ms: number): Promise<void>;
  /** Drops all connections and lets nobody in. */
  refuse(): Promise<void>;
  /** Lets clients in again. */
  accept(): Promise<void>;
}

/** Lengths of a bout: hanging (queries time out), gone (connections refused), well. */
const bout = { hangMs: 4000, goneMs: 5000, wellMs: 2500 } as const;

/** Makes a database ill in bouts while it is switched on; a bout that has begun is lived through to its end. */
export function createSickness(ailments: Ailments): { set(active: boolean): void } {
  let active = false;
  let running = false;
  const suffer = async (): Promise<void> => {
    if (running) return;
    running = true;
    while (active) {
      await ailments.hang(bout.hangMs);
      await ailments.refuse();
      await sleep(bout.goneMs);
      await ailments.accept();
      await sleep(bout.wellMs);
    }
    running = false;
  };
  return {
    set: (wanted) => {
      active = wanted;
      suffer().catch((error: unknown) => {
        // A database that cannot come back is started anew by the supervisor.
        process.stderr.write(`${String(error)}\n`);
        process.exit(1);
      });
    },
  };
}
