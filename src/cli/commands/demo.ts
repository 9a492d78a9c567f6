import { Command } from 'commander';
import type { CliContext } from '../context.ts';
import { givenSettings, withServerSettings } from '../server-settings.ts';
import { demoFaultCommand } from './demo-fault.ts';

export function demoCommand(context: CliContext): Command {
  const command = new Command('demo').description('Run the platform together with the demo bank and its traffic.');
  command.addCommand(demoFaultCommand(context));
  return withServerSettings(command).action(async () => {
    const { flags, config } = givenSettings(command);
    const { runServer } = await import('../../main/run-server.ts');
    const say = (line: string): void => context.out(`${line}\n`);
    await runServer({ flags, configFile: config, env: context.env, demo: true, say });
  });
}
