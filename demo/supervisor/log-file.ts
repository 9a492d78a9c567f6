import { appendFileSync, renameSync, statSync } from 'node:fs';

const MAX_BYTES = 1_000_000;

/** The output of one process in a file that never grows above a megabyte; the one before is kept as `<file>.1`. */
export class LogFile {
  readonly #path: string;
  #bytes: number;

  constructor(path: string) {
    this.#path = path;
    this.#bytes = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  }

  write(text: string | Buffer): void {
    if (this.#bytes > MAX_BYTES) {
      renameSync(this.#path, `${this.#path}.1`);
      this.#bytes = 0;
    }
    appendFileSync(this.#path, text);
    this.#bytes += Buffer.byteLength(text);
  }

  /** A line of the supervisor itself. */
  note(text: string): void {
    this.write(`${new Date().toISOString()} supervisor: ${text}\n`);
  }
}
