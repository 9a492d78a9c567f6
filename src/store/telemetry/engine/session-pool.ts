import type { Session } from 'chdb';
import type { Lane } from './sql-engine.ts';

/** One chDB session runs one query at a time, so each lane has sessions of its own and a queue in front of them. */
interface LaneQueue {
  readonly idle: Session[];
  readonly waiting: ((session: Session) => void)[];
}

/** Sessions on one data directory, kept apart by what they are for. */
export class SessionPool {
  readonly #lanes: Record<Lane, LaneQueue>;
  readonly #all: Session[] = [];

  /** @param open opens one session on the directory; a session costs about 0.13 MB */
  constructor(open: () => Session, sizes: Readonly<Record<Lane, number>>) {
    const lane = (size: number): LaneQueue => {
      const idle = Array.from({ length: size }, open);
      this.#all.push(...idle);
      return { idle, waiting: [] };
    };
    this.#lanes = { read: lane(sizes.read), write: lane(sizes.write), evaluate: lane(sizes.evaluate) };
  }

  /** Runs a task on a session of the lane as soon as one is free. */
  async use<T>(name: Lane, task: (session: Session) => Promise<T>): Promise<T> {
    const lane = this.#lanes[name];
    const session = lane.idle.pop() ?? (await new Promise<Session>((resolve) => lane.waiting.push(resolve)));
    try {
      return await task(session);
    } finally {
      const next = lane.waiting.shift();
      if (next === undefined) lane.idle.push(session);
      else next(session);
    }
  }

  closeAll(): void {
    for (const session of this.#all) session.close();
  }
}
