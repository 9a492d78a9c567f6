import { Command } from 'commander';
import { CliError } from '../cli-error.ts';
import type { CliContext } from '../context.ts';
import { ExitCode } from '../exit-code.ts';
import { givenSettings, withServerSettings } from '../server-settings.ts';
import { demoFaultCommand } from './demo-fault.ts';

export function demoCommand(context: CliContext): Command {
  const command = new Command('demo').description('Run the platform together with the demo bank and its traffic.');
  command.addCommand(demoFaultCommand(context));
  return withServerSettings(command).action(async () => {
    const { flags, config } = givenSettings(command);
    throw new CliError(`The demo is being written (${Object.keys(flags).join(', ')} ${config ?? ''}).`, {
      exitCode: ExitCode.no,
    });
  });
}
