import { readdir, readFile, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { CliError } from '../cli-error.ts';
import type { CliContext } from '../context.ts';
import { ExitCode } from '../exit-code.ts';

export interface DefinitionFile {
  /** As the user would write it. */
  readonly path: string;
  readonly text: string;
}

const STDIN = '-';
const SKIPPED = new Set(['node_modules', '.git']);

const unreadable = (path: string, cause: unknown): CliError => {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  const why = code === 'ENOENT' ? 'does not exist' : code === 'EACCES' ? 'may not be read' : 'cannot be read';
  return new CliError(`${path} ${why}.`, {
    exitCode: ExitCode.usage,
    fix: 'Name YAML files, directories that hold some, or - for standard input.',
    cause,
  });
};

async function walk(root: string, path: string): Promise<string[]> {
  const entries = await readdir(resolve(root, path), { withFileTypes: true });
  const found = await Promise.all(
    entries.map((entry) => {
      const child = join(path, entry.name);
      if (entry.isDirectory()) return SKIPPED.has(entry.name) ? [] : walk(root, child);
      return entry.isFile() && /\.ya?ml$/.test(entry.name) ? [child] : [];
    }),
  );
  return found.flat().sort();
}

async function readOne(path: string, context: CliContext): Promise<DefinitionFile[]> {
  if (path === STDIN) return [{ path: '<stdin>', text: await context.readStdin() }];
  try {
    const directory = (await stat(resolve(context.cwd, path))).isDirectory();
    const names = directory ? await walk(context.cwd, path) : [path];
    return await Promise.all(
      names.map(async (name) => ({ path: name, text: await readFile(resolve(context.cwd, name), 'utf8') })),
    );
  } catch (error) {
    throw unreadable(path, error);
  }
}

/**
 * Reads files, the YAML files of directories, and `-` as standard input; each file once.
 * @throws CliError when one cannot be read or there is none
 */
export async function readDefinitionFiles(paths: readonly string[], context: CliContext): Promise<DefinitionFile[]> {
  const files = (await Promise.all([...new Set(paths)].map((path) => readOne(path, context)))).flat();
  const unique = [...new Map(files.map((file) => [resolve(context.cwd, file.path), file])).values()];
  if (unique.length === 0) {
    throw new CliError(`There is no .yaml or .yml file in ${paths.join(', ')}.`, { exitCode: ExitCode.usage });
  }
  return unique;
}
