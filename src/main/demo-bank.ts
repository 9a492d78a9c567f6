import { type ChildProcess, fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { demoMessageSchema } from '../contract/api/demo.ts';
import { VerdantError } from '../contract/errors.ts';
import type { DemoControl } from '../server/server-deps.ts';
import { builtFile } from './built-files.ts';

export interface DemoBankOptions {
  readonly dataDirectory: string;
  readonly url: string;
  /** May apply and read objectives. */
  readonly token: string;
  readonly ingestToken: string;
  readonly logger: Logger;
  /** Called as the history of the demo is written, 0 to 1. */
  readonly onHistory: (progress: number) => void;
}

/** The mobile bank of the demo: processes of its own beside the server. */
export class DemoBank {
  readonly #secret = randomBytes(24).toString('base64url');
  #child: ChildProcess | undefined;
  #controlUrl: string | undefined;

  /** Where its faults are started and stopped; undefined until it runs. */
  control(): DemoControl | undefined {
    return this.#controlUrl === undefined ? undefined : { url: this.#controlUrl, secret: this.#secret };
  }

  async start(options: DemoBankOptions): Promise<void> {
    const program = builtFile('demo/supervisor.cjs');
    if (program === undefined) throw new VerdantError('not-a-demo', { message: 'The demo bank is not built.' });
    const state = join(options.dataDirectory, 'demo');
    await mkdir(state, { recursive: true });
    const child = fork(program, [], {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      env: {
        ...process.env,
        VERDANT_URL: options.url,
        VERDANT_TOKEN: options.token,
        VERDANT_INGEST_TOKEN: options.ingestToken,
        VERDANT_DEMO_STATE: state,
        VERDANT_DEMO_SECRET: this.#secret,
      },
    });
    this.#child = child;
    child.on('message', (message) => this.#hear(message, options));
    child.on('exit', (code) => {
      this.#controlUrl = undefined;
      if (code !== 0 && code !== null) options.logger.error({ code }, 'the demo bank ended');
    });
  }

  /** Stops the bank and all its processes. */
  async stop(): Promise<void> {
    const child = this.#child;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    child.kill('SIGTERM');
    await ended;
  }

  #hear(message: unknown, options: DemoBankOptions): void {
    const parsed = demoMessageSchema.safeParse(message);
    if (!parsed.success) return;
    if (parsed.data.type === 'ready') this.#controlUrl = parsed.data.controlUrl;
    else options.onHistory(parsed.data.progress);
  }
}
