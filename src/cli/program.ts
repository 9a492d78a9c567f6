import { Command } from 'commander';
import { VERSION } from '../contract/version.ts';
import type { CliContext } from './context.ts';
import { type CommandEntry, commandRegistry } from './registry.ts';

const EXIT_CODES = `
Exit codes: 0 yes · 1 no (invalid, violated, refused) · 2 wrong usage ·
            3 no verdict (no data, server not reached, access denied)`;

/** Where nobody's terminal says how wide it is. */
const HELP_WIDTH = 80;

/** Sends what commander prints through the context, for a command and all below it. */
function direct(command: Command, context: CliContext): void {
  const width = Number.isFinite(context.width) ? context.width : HELP_WIDTH;
  command
    .exitOverride()
    .enablePositionalOptions()
    .helpOption('-h, --help', 'print help')
    .showHelpAfterError('Add --help to see how it is called.')
    .configureOutput({
      writeOut: context.out,
      writeErr: context.err,
      getOutHelpWidth: () => width,
      getErrHelpWidth: () => width,
      outputError: (text, write) => write(text.replace(/^error:/, context.errStyle.red('error:'))),
    });
  for (const child of command.commands) direct(child, context);
}

const stub = (entry: CommandEntry): Command => new Command(entry.name).description(entry.summary);

/**
 * The command tree. Only the commands that `wanted` names are loaded; the others stand there with their summary, enough
 * for the help and for suggestions.
 */
export async function buildProgram(context: CliContext, wanted: (name: string) => boolean): Promise<Command> {
  const program = new Command('verdant')
    .description('Verdant: objectives from real requests, seen live over several windows.')
    .version(VERSION, '-V, --version', 'print the version')
    .usage('<command> [options]')
    .addHelpCommand(
      new Command('help').argument('[command]').description('print help for a command').helpGroup('Help:'),
    )
    .addHelpText('after', EXIT_CODES);
  for (const entry of commandRegistry) {
    const command = wanted(entry.name) ? (await entry.load())(context) : stub(entry);
    program.addCommand(command.helpGroup(entry.group));
  }
  direct(program, context);
  return program;
}
