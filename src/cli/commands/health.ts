import { Command } from 'commander';
import { healthSchema } from '../../contract/api/health.ts';
import type { CliContext } from '../context.ts';
import { ExitCode } from '../exit-code.ts';
import { formatInstant } from '../output/format.ts';
import { asksServer } from '../server-command.ts';

export function healthCommand(context: CliContext): Command {
  const command = new Command('health').description(
    'Whether the server is up and counts new telemetry. Needs no token.',
  );
  return asksServer(command, context, async ({ api, print }) => {
    const health = await api.get('/api/v1/health', healthSchema);
    const behind = health.status !== 'ok';
    await print(health, () => {
      const { style } = context;
      const facts = [
        `Verdant ${health.version} at ${api.url}`,
        `counted up to ${formatInstant(health.watermark)}`,
        `telemetry in ${health.telemetry.engine} ${health.telemetry.version}`,
        `catalog in ${health.catalog.engine} ${health.catalog.version}`,
      ];
      const word = behind ? style.red('behind') : style.green('ok');
      return `${word} ${facts.join('\n   ')}\n`;
    });
    if (behind) context.exitCode = ExitCode.no;
  });
}
