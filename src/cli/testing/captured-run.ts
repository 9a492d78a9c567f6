import type { CliContext } from '../context.ts';
import { ExitCode } from '../exit-code.ts';
import { runCli } from '../main.ts';
import { createStyle } from '../output/style.ts';

export interface CapturedRun {
  readonly code: ExitCode;
  readonly out: string;
  readonly err: string;
}

/** A context that writes into memory. */
export function capturingContext(overrides: Partial<CliContext> = {}): {
  context: CliContext;
  read(): [string, string];
} {
  let out = '';
  let err = '';
  const context: CliContext = {
    env: {},
    cwd: '/',
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
    readStdin: () => Promise.resolve(''),
    style: createStyle(false),
    errStyle: createStyle(false),
    width: 80,
    exitCode: ExitCode.yes,
    ...overrides,
  };
  return { context, read: () => [out, err] };
}

/** Runs one command line and gives back all it said. */
export async function captureRun(args: readonly string[], overrides: Partial<CliContext> = {}): Promise<CapturedRun> {
  const { context, read } = capturingContext(overrides);
  const code = await runCli(args, context);
  const [out, err] = read();
  return { code, out, err };
}
