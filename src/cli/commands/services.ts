import { Command } from 'commander';
import { serviceListSchema } from '../../contract/api/services.ts';
import type { CliContext } from '../context.ts';
import { formatCount, formatInstant } from '../output/format.ts';
import { formatTable } from '../output/table.ts';
import { asksServer } from '../server-command.ts';

const columns = [
  { title: 'SERVICE', shrinkTo: 16 },
  { title: 'REQUESTS 24H', align: 'right' },
  { title: 'FAILED', align: 'right' },
  { title: 'ENDPOINTS', align: 'right' },
  { title: 'LAST SEEN' },
] as const;

export function servicesCommand(context: CliContext): Command {
  const command = new Command('services').description('List the services that send telemetry.');
  return asksServer(command, context, async ({ api, print }) => {
    const list = await api.get('/api/v1/services', serviceListSchema);
    await print(list, () => {
      if (list.services.length === 0) return 'No service has sent telemetry yet.\n';
      const rows = list.services.map((service) => [
        service.namespace === '' ? service.name : `${service.namespace}/${service.name}`,
        formatCount(service.requests),
        formatCount(service.failed),
        String(service.endpoints),
        formatInstant(service.lastSeen),
      ]);
      return formatTable(columns, rows, { width: context.width, title: context.style.dim });
    });
  });
}
