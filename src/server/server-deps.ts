import type { FastifyRequest } from 'fastify';
import type { VerdantContext } from '../app/verdant-context.ts';

/** The demo bank's own control, when it runs beside the server. */
export interface DemoControl {
  readonly url: string;
  readonly secret: string;
}

/** What the server is built from. */
export interface ServerDeps {
  readonly ctx: VerdantContext;
  readonly version: string;
  /** Directory of the built web application. */
  readonly webDirectory: string | undefined;
  /** Undefined: no demo runs. */
  readonly demo: () => DemoControl | undefined;
  /** True while the process drains: ingest answers 503 with Retry-After. */
  readonly draining: () => boolean;
}

/** Who did it, for the audit trail. */
export const actorOf = (request: FastifyRequest): string =>
  request.principal === null ? 'anonymous' : `${request.principal.kind}:${request.principal.name}`;
