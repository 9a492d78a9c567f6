import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import { z } from 'zod';

const answerSchema = z.object({ id: z.number(), result: z.unknown(), error: z.string().optional() });

interface Waiting {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** A process of the benchmark's own that answers calls, so that its costs are seen apart. */
export class Child {
  readonly #process: ChildProcess;
  readonly #waiting = new Map<number, Waiting>();
  #calls = 0;

  /** @param built directory of the bundles; @param name file in bench/processes */
  constructor(built: string, name: string, nodeArguments: readonly string[] = []) {
    this.#process = fork(join(built, 'processes', `${name}.mjs`), {
      execArgv: [...nodeArguments],
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    this.#process.on('message', (message) => {
      const { id, result, error } = answerSchema.parse(message);
      const waiting = this.#waiting.get(id);
      this.#waiting.delete(id);
      if (error === undefined) waiting?.resolve(result);
      else waiting?.reject(new Error(`${name}: ${error}`));
    });
    this.#process.on('exit', (code, signal) => {
      for (const { reject } of this.#waiting.values()) reject(new Error(`${name} ended with ${code ?? signal}`));
    });
  }

  get pid(): number {
    return this.#process.pid ?? 0;
  }

  async call<S extends z.ZodType>(method: string, input: unknown, schema: S): Promise<z.output<S>> {
    const id = this.#calls++;
    const result = await new Promise<unknown>((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#process.send({ id, method, input });
    });
    return schema.parse(result);
  }

  async stop(): Promise<void> {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    const ended = new Promise((resolve) => this.#process.once('exit', resolve));
    this.#process.kill('SIGKILL');
    await ended;
  }
}
