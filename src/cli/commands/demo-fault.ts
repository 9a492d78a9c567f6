import { Command } from 'commander';
import { type Fault, faultListSchema } from '../../contract/api/demo.ts';
import type { CliContext } from '../context.ts';
import { formatInstant } from '../output/format.ts';
import { formatTable } from '../output/table.ts';
import { asksServer } from '../server-command.ts';

const FAULTS = '/api/v1/demo/faults';

const columns = [{ title: 'FAULT' }, { title: 'STATE' }, { title: 'WHAT IT DOES', shrinkTo: 24 }] as const;

function faultTable(faults: readonly Fault[], { style, width }: CliContext): string {
  const rows = faults.map((fault) => [
    fault.name,
    fault.active
      ? style.red(fault.since === null ? 'active' : `since ${formatInstant(fault.since)}`)
      : style.dim('off'),
    fault.title,
  ]);
  return formatTable(columns, rows, { width, title: style.dim });
}

function listCommand(context: CliContext): Command {
  const command = new Command('list').description('List the faults of the demo bank.');
  return asksServer(command, context, async ({ api, print }) => {
    const list = await api.get(FAULTS, faultListSchema);
    await print(list, () => faultTable(list.faults, context));
  });
}

function switchCommand(context: CliContext, verb: 'start' | 'stop'): Command {
  const command = new Command(verb)
    .description(verb === 'start' ? 'Start a fault.' : 'Stop a fault.')
    .argument('<name>', 'fault, as "demo fault list" shows it');
  return asksServer(command, context, async ({ api, print }, [name = '']) => {
    const path = `${FAULTS}/${encodeURIComponent(name)}`;
    await (verb === 'start' ? api.create(path) : api.delete(path));
    const list = await api.get(FAULTS, faultListSchema);
    await print(list, () => faultTable(list.faults, context));
  });
}

/** `verdant demo fault`: breaks the demo bank and mends it. */
export function demoFaultCommand(context: CliContext): Command {
  return new Command('fault')
    .description('Break the demo bank and mend it.')
    .addCommand(listCommand(context))
    .addCommand(switchCommand(context, 'start'))
    .addCommand(switchCommand(context, 'stop'));
}
