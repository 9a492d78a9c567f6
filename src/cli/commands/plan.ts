import type { Command } from 'commander';
import type { CliContext } from '../context.ts';
import { definitionsCommand } from '../definitions-command.ts';

export function planCommand(context: CliContext): Command {
  return definitionsCommand(context, 'plan', 'Show what apply would change; changes nothing.');
}
