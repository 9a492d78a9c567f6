import { CommanderError } from 'commander';
import { VerdantError } from '../contract/errors.ts';
import { CliError } from './cli-error.ts';
import { type CliContext, processContext } from './context.ts';
import { ExitCode } from './exit-code.ts';
import { buildProgram } from './program.ts';

/** Writes an error that ended a command: the sentence, the places, the cure. */
async function explain(error: unknown, context: CliContext): Promise<ExitCode> {
  if (error instanceof CommanderError) return error.exitCode === 0 ? ExitCode.yes : ExitCode.usage;
  const { printError } = await import('./output/print-error.ts');
  printError(error, context);
  if (error instanceof CliError) return error.exitCode;
  return error instanceof VerdantError && error.code === 'configuration-invalid' ? ExitCode.usage : ExitCode.no;
}

/**
 * Runs one command line.
 * @param args without the program's own name
 * @returns the exit code
 */
export async function runCli(args: readonly string[], context: CliContext): Promise<ExitCode> {
  const name = args[0] === 'help' ? args[1] : args[0];
  try {
    const program = await buildProgram(context, (command) => command === name);
    if (args.length === 0) {
      program.outputHelp();
      return ExitCode.usage;
    }
    await program.parseAsync(args, { from: 'user' });
    return context.exitCode;
  } catch (error) {
    return explain(error, context);
  }
}

/** Entry of the program. */
export async function main(): Promise<void> {
  // A reader that has seen enough (head, less) closes the pipe; that is no failure.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit();
  });
  process.exitCode = await runCli(process.argv.slice(2), processContext());
}
