import { Command } from 'commander';
import {
  type ObjectiveDetail,
  type ObjectiveSummary,
  objectiveDetailSchema,
  objectiveListSchema,
} from '../../contract/api/objectives.ts';
import type { ApiClient } from '../api/client.ts';
import type { CliContext } from '../context.ts';
import { formatInstant } from '../output/format.ts';
import { formatTable } from '../output/table.ts';
import { asksServer } from '../server-command.ts';

/** Definitions asked for at once when all are exported. */
const PARALLEL = 8;

const columns = [
  { title: 'OBJECTIVE', shrinkTo: 16 },
  { title: 'TARGET', align: 'right' },
  { title: 'OVER' },
  { title: 'OWNER', shrinkTo: 8 },
  { title: 'INDICATOR', shrinkTo: 16 },
] as const;

function listTable(objectives: readonly ObjectiveSummary[], context: CliContext): string {
  if (objectives.length === 0) return 'There are no objectives yet: "verdant apply FILES" brings some.\n';
  const rows = objectives.map((one) => [one.name, one.targetText, one.primaryWindow, one.owner, one.indicatorText]);
  return formatTable(columns, rows, { width: context.width, title: context.style.dim });
}

function detailText(one: ObjectiveDetail, { style }: CliContext): string {
  const tags = Object.entries(one.tags).map(([key, value]) => `${key}=${value}`);
  const facts: [string, string][] = [
    ['title', one.title],
    ['description', one.description],
    ['indicator', one.indicatorText],
    ['service', one.service],
    ['target', one.warningText === null ? one.targetText : `${one.targetText}, warns below ${one.warningText}`],
    ['windows', `${one.windows.join(', ')}; judged over ${one.primaryWindow}`],
    ['owner', `${one.owner} (${one.audience})`],
    ['tags', tags.join(', ')],
    ['changed', `${formatInstant(one.updatedAt)}, indicator version ${one.indicatorVersion}`],
    ['history', one.backfill.state === 'done' ? 'complete' : `${Math.floor(one.backfill.progress * 100)}% computed`],
  ];
  const lines = facts
    .filter(([, value]) => value !== '')
    .map(([key, value]) => `  ${style.dim(key.padEnd(11))} ${value}`);
  return `${style.bold(one.name)}\n${lines.join('\n')}\n`;
}

const detailOf = (api: ApiClient, name: string): Promise<ObjectiveDetail> =>
  api.get(`/api/v1/objectives/${encodeURIComponent(name)}`, objectiveDetailSchema);

/** All definitions as one stream of YAML documents, ready for `apply`. */
async function exportAll(api: ApiClient, objectives: readonly ObjectiveSummary[]): Promise<string> {
  const documents: string[] = [];
  for (let start = 0; start < objectives.length; start += PARALLEL) {
    const batch = objectives.slice(start, start + PARALLEL).map((one) => detailOf(api, one.name));
    documents.push(...(await Promise.all(batch)).map((detail) => detail.definitionYaml.trimEnd()));
  }
  return documents.map((document) => `${document}\n`).join('---\n');
}

export function getCommand(context: CliContext): Command {
  const command = new Command('get')
    .description('List objectives, or show one. With -o yaml: their definitions, ready for apply.')
    .argument('[name]', 'name of an objective');
  return asksServer(command, context, async ({ api, print, format }, [name]) => {
    if (name !== undefined) {
      const detail = await detailOf(api, name);
      if (format === 'yaml') context.out(`${detail.definitionYaml.trimEnd()}\n`);
      else await print(detail, () => detailText(detail, context));
      return;
    }
    const list = await api.get('/api/v1/objectives', objectiveListSchema);
    if (format === 'yaml') context.out(await exportAll(api, list.objectives));
    else await print(list, () => listTable(list.objectives, context));
  });
}
