import { Command } from 'commander';
import { principalSchema } from '../../contract/api/access.ts';
import type { CliContext } from '../context.ts';
import { asksServer } from '../server-command.ts';

export function healthCommand(context: CliContext): Command {
  const command = new Command('health').description('Whether the server is up, ready, and knows who asks.');
  return asksServer(command, context, async ({ api, print }) => {
    const principal = await api.get('/api/v1/me', principalSchema);
    await print({ url: api.url, ...principal }, () => {
      const demo = principal.demo ? ', with the demo bank' : '';
      return `${context.style.green('up')} ${api.url} runs Verdant ${principal.version}${demo}; asked as ${principal.name}\n`;
    });
  });
}
