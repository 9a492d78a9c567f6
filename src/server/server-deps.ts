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
  /** Directory of the built web application; undefined: the API alone. */
  readonly webDirectory: string | undefined;
  /** Undefined: no demo runs. */
  readonly demo: () => DemoControl | undefined;
  /** Address under which people reach this server, without a slash at the end. */
  readonly publicUrl: () => string;
}
