import { fsyncSync } from 'node:fs';
import type { PGlite, PGliteOptions } from '@electric-sql/pglite';
import { NodeFS } from '@electric-sql/pglite/nodefs';
import { z } from 'zod';

/** errno of a failed disk in WASI; PostgreSQL then panics rather than acknowledge what may be lost. */
const EIO = 29;

const moduleSchema = z.object({
  FS: z.object({ filesystems: z.object({ NODEFS: z.object({ stream_ops: z.custom<object>(isObject) }) }) }),
});
const streamSchema = z.object({ nfd: z.int().nonnegative() });

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}

type InitResult = Awaited<ReturnType<NodeFS['init']>>;

/** The data directory of PGlite with an fsync that reaches the disk. */
export class SyncingFileSystem extends NodeFS {
  readonly #sync: (descriptor: number) => void;

  /** @param sync waits until a file or directory is on the disk, or throws */
  constructor(directory: string, sync: (descriptor: number) => void = fsyncSync) {
    super(directory);
    this.#sync = sync;
  }

  override async init(pg: PGlite, options: Parameters<NodeFS['init']>[1]): Promise<InitResult> {
    const { emscriptenOpts } = await super.init(pg, options);
    const install = (module: unknown) => {
      Reflect.set(moduleSchema.parse(module).FS.filesystems.NODEFS.stream_ops, 'fsync', (stream: unknown) =>
        this.#syncStream(stream),
      );
    };
    return { emscriptenOpts: { ...emscriptenOpts, preRun: [...(emscriptenOpts.preRun ?? []), install] } };
  }

  /** Emscripten's file system of Node leaves fsync out: PostgreSQL would ask for it and be told that all is well. */
  #syncStream(stream: unknown): number {
    const { nfd } = streamSchema.parse(stream);
    try {
      this.#sync(nfd);
      return 0;
    } catch {
      return EIO;
    }
  }
}

/**
 * Start parameters that make a commit wait for the disk. PGlite starts with `-F` (fsync off); `fdatasync`, the default
 * method, is an empty function in Emscripten, `fsync` is not.
 */
export function syncingStartParameters(defaults: readonly string[]): NonNullable<PGliteOptions['startParams']> {
  return [...defaults.filter((parameter) => parameter !== '-F'), '-c', 'fsync=on', '-c', 'wal_sync_method=fsync'];
}
