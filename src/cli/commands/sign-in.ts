import { Command } from 'commander';
import { signInLinkSchema } from '../../contract/api/access.ts';
import type { CliContext } from '../context.ts';
import { formatInstant } from '../output/format.ts';
import { asksServer } from '../server-command.ts';

export function signInCommand(context: CliContext): Command {
  const command = new Command('sign-in').description(
    'Print a one-time link that signs a browser in. The link goes to stdout alone.',
  );
  return asksServer(command, context, async ({ api, print, format }) => {
    const link = await api.post('/api/v1/sign-in-links', undefined, signInLinkSchema);
    await print(link, () => `${link.url}\n`);
    if (format === 'table')
      context.err(`${context.errStyle.dim(`Works once, until ${formatInstant(link.expiresAt)}.`)}\n`);
  });
}
