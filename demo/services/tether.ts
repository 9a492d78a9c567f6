import type { FaultName } from '../bank/faults.ts';
import { orderSchema, type Report } from './messages.ts';

/** How long a process may take to close its connections and to send its last spans. */
const STOP_GRACE_MS = 1500;

/** A process's line to the supervisor that started it. */
export interface Tether {
  isFaultActive(name: FaultName): boolean;
  report(report: Report): void;
}

/** What a process does when things change. */
export interface TetherHandlers {
  /** Called once, on SIGTERM or when the supervisor is gone; the process ends soon after. */
  readonly onStop: () => void | Promise<void>;
  readonly onFault?: (name: string, active: boolean) => void;
}

/** Ties this process to its supervisor: without one it stops, so that no service outlives the demo. */
export function tieToSupervisor(handlers: TetherHandlers): Tether {
  const active = new Set<string>();
  let stopping = false;
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    setTimeout(() => process.exit(0), STOP_GRACE_MS).unref();
    if (process.connected) process.disconnect();
    Promise.resolve(handlers.onStop()).catch((error: unknown) => {
      process.stderr.write(`while stopping: ${String(error)}\n`);
      process.exit(1);
    });
  };
  process.on('message', (message) => {
    const order = orderSchema.safeParse(message);
    if (!order.success) return;
    if (order.data.active) active.add(order.data.name);
    else active.delete(order.data.name);
    handlers.onFault?.(order.data.name, order.data.active);
  });
  process.on('SIGTERM', stop);
  // Ctrl-C reaches the whole process group; the supervisor decides when its children stop.
  process.on('SIGINT', () => undefined);
  process.on('disconnect', stop);
  return {
    isFaultActive: (name) => active.has(name),
    report: (report) => {
      if (process.connected) process.send?.(report);
    },
  };
}
