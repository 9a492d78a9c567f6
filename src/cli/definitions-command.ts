import { Command } from 'commander';
import { z } from 'zod';
import { planSchema } from '../contract/api/definitions.ts';
import type { CliContext } from './context.ts';
import { readDefinitionFiles } from './files/read-definition-files.ts';
import { formatPlan } from './output/plan-text.ts';
import { asksServer } from './server-command.ts';

/** `plan` and `apply` differ in one word of the address. */
export function definitionsCommand(context: CliContext, verb: 'plan' | 'apply', description: string): Command {
  const command = new Command(verb)
    .description(description)
    .argument('<files...>', 'YAML files, directories that hold some, or - for standard input')
    .option('--prune', 'also delete objectives that no file names');
  return asksServer(command, context, async ({ api, print }, paths) => {
    const { prune } = z.object({ prune: z.boolean().default(false) }).parse(command.opts());
    const files = await readDefinitionFiles(paths, context);
    const plan = await api.post(`/api/v1/definitions/${verb}`, { files, prune }, planSchema);
    await print(plan, () => formatPlan(plan, context.style));
  });
}
