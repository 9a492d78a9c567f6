import { Command } from 'commander';
import type { CliContext } from '../context.ts';
import { givenSettings, withServerSettings } from '../server-settings.ts';

export function serveCommand(context: CliContext): Command {
  const command = new Command('serve').description('Run the platform: pages, API and ingest in one process.');
  return withServerSettings(command).action(async () => {
    const { flags, config } = givenSettings(command);
    const { runServer } = await import('../../main/run-server.ts');
    const say = (line: string): void => context.out(`${line}\n`);
    await runServer({ flags, configFile: config, env: context.env, demo: false, say });
  });
}
