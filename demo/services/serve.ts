import { createServer } from 'node:http';
import type { Express } from 'express';
import type { FaultName } from '../bank/faults.ts';
import { tieToSupervisor } from './tether.ts';

/** Longer than any client keeps an idle connection, so that no request runs into a closing one. */
const KEEP_ALIVE_MS = 75_000;

/** What a service can ask about while it runs. */
export interface ServiceLine {
  isFaultActive(name: FaultName): boolean;
}

/**
 * Listens on a loopback port (`PORT`, or any free one), tells the supervisor which, and stops when it says so.
 * @param onStop closes what the service holds beside its connections
 */
export function serve(build: (line: ServiceLine) => Express, onStop: () => Promise<void> | void = () => {}): void {
  const line = tieToSupervisor({
    onStop: async () => {
      server.close();
      server.closeIdleConnections();
      await onStop();
    },
  });
  const server = createServer(build(line));
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  server.on('error', (error) => {
    process.stderr.write(`${String(error)}\n`);
    process.exit(1);
  });
  server.listen(Number(process.env.PORT ?? 0), '127.0.0.1', () => {
    const address = server.address();
    if (address === null || typeof address !== 'object') return;
    line.report({ type: 'listening', port: address.port });
    line.report({ type: 'ready' });
  });
}
