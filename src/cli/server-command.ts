import type { Command } from 'commander';
import { z } from 'zod';
import { ApiClient } from './api/client.ts';
import { resolveConnection } from './api/connection.ts';
import type { CliContext } from './context.ts';
import { outputShape, serverShape, withOutput, withServer } from './options.ts';
import { formatStructured } from './output/structured.ts';

const sharedOptions = z.object({ ...serverShape, ...outputShape });

/** What a command that asks a server works with. */
export interface ServerCall {
  readonly api: ApiClient;
  /** Prints a value as `-o json|yaml` asks, or what `table` makes of it for people. */
  readonly print: (value: unknown, table: () => string | Promise<string>) => Promise<void>;
  readonly format: z.output<typeof sharedOptions>['output'];
}

/**
 * Makes a command one that asks a server: adds the options and hands the action what it needs.
 * @param action gets the arguments of the command line
 */
export function asksServer(
  command: Command,
  context: CliContext,
  action: (call: ServerCall, args: readonly string[]) => Promise<void>,
): Command {
  withServer(withOutput(command));
  return command.action(async () => {
    const options = sharedOptions.parse(command.opts());
    const api = new ApiClient(await resolveConnection(options, context));
    const print: ServerCall['print'] = async (value, table) => {
      context.out((await formatStructured(value, options.output)) ?? (await table()));
    };
    await action({ api, print, format: options.output }, command.args);
  });
}
