import type { Command } from 'commander';
import type { CliContext } from '../context.ts';
import { definitionsCommand } from '../definitions-command.ts';

export function applyCommand(context: CliContext): Command {
  return definitionsCommand(
    context,
    'apply',
    'Make the server hold what the files say: all of it or, with a mistake, none.',
  );
}
