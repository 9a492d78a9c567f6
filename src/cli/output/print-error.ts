import { VerdantError } from '../../contract/errors.ts';
import { CliError } from '../cli-error.ts';
import type { CliContext } from '../context.ts';
import { formatDiagnostics } from './diagnostics.ts';

/** Writes an error to stderr: what is wrong, where, and what to do. A stack only for what should never happen. */
export function printError(error: unknown, context: CliContext): void {
  const style = context.errStyle;
  if (!(error instanceof CliError || error instanceof VerdantError)) {
    const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
    context.err(`${style.red('error:')} This should not happen; please report it:\n${stack}\n`);
    return;
  }
  context.err(`${style.red('error:')} ${error.message}\n`);
  if (error.details.length > 0) context.err(`\n${formatDiagnostics([...error.details], style)}\n`);
  if (error.fix !== undefined) context.err(`${error.fix}\n`);
}
