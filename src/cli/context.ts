import { ExitCode } from './exit-code.ts';
import { printable } from './output/printable.ts';
import { createStyle, type Style, wantsColour } from './output/style.ts';

/** All that a command touches of the process it runs in. */
export interface CliContext {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  readonly readStdin: () => Promise<string>;
  /** For what goes to stdout. */
  readonly style: Style;
  /** For what goes to stderr. */
  readonly errStyle: Style;
  /** Columns that a line on stdout may take; Infinity where nobody looks, so that nothing is cut for programs. */
  readonly width: number;
  /** What the process will end with; commands set it. */
  exitCode: ExitCode;
}

async function readAll(stream: AsyncIterable<Buffer | string>): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(typeof chunk === 'string' ? Buffer.from(chunk) : chunk);
  return Buffer.concat(chunks).toString('utf8');
}

const columns = (text: string | undefined): number | undefined => {
  const width = Number(text);
  return Number.isInteger(width) && width > 20 ? width : undefined;
};

/** The context of the running process. */
export function processContext(): CliContext {
  const { env, stdout, stderr, stdin } = process;
  return {
    env,
    cwd: process.cwd(),
    out: (text) => void stdout.write(printable(text)),
    err: (text) => void stderr.write(printable(text)),
    readStdin: () => readAll(stdin),
    style: createStyle(wantsColour(env, stdout.isTTY)),
    errStyle: createStyle(wantsColour(env, stderr.isTTY)),
    width: columns(env.COLUMNS) ?? (stdout.isTTY ? stdout.columns : Number.POSITIVE_INFINITY),
    exitCode: ExitCode.yes,
  };
}
