import { Command } from 'commander';
import { CliError } from '../cli-error.ts';
import type { CliContext } from '../context.ts';
import { ExitCode } from '../exit-code.ts';
import { givenSettings, withServerSettings } from '../server-settings.ts';

export function serveCommand(_context: CliContext): Command {
  const command = new Command('serve').description('Run the platform: pages, API and ingest in one process.');
  return withServerSettings(command).action(async () => {
    const { flags, config } = givenSettings(command);
    throw new CliError(`The server is being written (${Object.keys(flags).join(', ')} ${config ?? ''}).`, {
      exitCode: ExitCode.no,
    });
  });
}
