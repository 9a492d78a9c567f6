import type { ExitCode } from './exit-code.ts';
import type { Diagnostic } from './output/diagnostics.ts';

/** Ends a command with a sentence for the user, what to do about it, and an exit code. */
export class CliError extends Error {
  readonly exitCode: ExitCode;
  readonly fix: string | undefined;
  readonly details: readonly Diagnostic[];

  constructor(
    message: string,
    options: { exitCode: ExitCode; fix?: string; details?: readonly Diagnostic[]; cause?: unknown },
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'CliError';
    this.exitCode = options.exitCode;
    this.fix = options.fix;
    this.details = options.details ?? [];
  }
}
