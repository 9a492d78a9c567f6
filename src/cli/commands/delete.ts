import { Command } from 'commander';
import type { CliContext } from '../context.ts';
import { asksServer } from '../server-command.ts';

export function deleteCommand(context: CliContext): Command {
  const command = new Command('delete').description('Delete objectives.').argument('<name...>', 'names of objectives');
  return asksServer(command, context, async ({ api, print }, names) => {
    for (const name of names) await api.delete(`/api/v1/objectives/${encodeURIComponent(name)}`);
    await print({ deleted: names }, () => names.map((name) => `deleted ${name}\n`).join(''));
  });
}
