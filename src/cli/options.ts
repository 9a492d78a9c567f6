import { type Command, Option } from 'commander';
import { z } from 'zod';
import { DEFAULT_DATA, DEFAULT_URL } from './api/connection.ts';

export const outputFormats = ['table', 'json', 'yaml'] as const;
export type OutputFormat = (typeof outputFormats)[number];

/** Adds `-o`. */
export function withOutput(command: Command): Command {
  return command.addOption(new Option('-o, --output <format>', 'how to print').choices(outputFormats).default('table'));
}

/** Adds what says where the server is and who asks. */
export function withServer(command: Command): Command {
  const group = 'Server:';
  return command
    .addOption(new Option('--url <url>', `address, or VERDANT_URL (default: ${DEFAULT_URL})`).helpGroup(group))
    .addOption(
      new Option('--token <token>', 'token, or VERDANT_TOKEN (default: admin-token of --data)').helpGroup(group),
    )
    .addOption(
      new Option('--data <dir>', `data directory, or VERDANT_DATA (default: ${DEFAULT_DATA})`).helpGroup(group),
    );
}

export const outputShape = { output: z.enum(outputFormats) };

export const serverShape = {
  url: z.string().optional(),
  token: z.string().optional(),
  data: z.string().optional(),
};
