import type { Command } from 'commander';
import { buildProgram } from '../../src/cli/program.ts';
import { commandRegistry } from '../../src/cli/registry.ts';
import { capturingContext } from '../../src/cli/testing/captured-run.ts';
import { page } from './markdown.ts';

/** The command's own help, with what stands before and after it. */
function helpText(command: Command): string {
  let text = '';
  const direct = (part: string): void => {
    text += part;
  };
  command.configureOutput({ writeOut: direct });
  command.outputHelp();
  return text.trimEnd();
}

/** A command and all below it. */
function sections(command: Command, path: string): string[] {
  const own = `## ${path}\n\n\`\`\`\n${helpText(command)}\n\`\`\``;
  return [own, ...command.commands.flatMap((child) => sections(child, `${path} ${child.name()}`))];
}

export async function cliPage(): Promise<string> {
  const { context } = capturingContext();
  const program = await buildProgram(context, () => true);
  const order = commandRegistry.flatMap(({ name }) => program.commands.filter((command) => command.name() === name));
  return page('Command line', 'src/cli/commands', [
    '`npx verdant COMMAND` runs in a checkout after `npm start` or `npm test` has set it up, and as an installed package.',
    `\`\`\`\n${helpText(program)}\n\`\`\``,
    ...order.flatMap((command) => sections(command, `verdant ${command.name()}`)),
  ]);
}
