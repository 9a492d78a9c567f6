import { Command, InvalidArgumentError } from 'commander';
import { z } from 'zod';
import { boardSchema, objectiveDetailSchema, objectiveStatusSchema } from '../../contract/api/objectives.ts';
import { parseDuration } from '../../lib/duration.ts';
import type { ApiClient } from '../api/client.ts';
import type { CliContext } from '../context.ts';
import { ExitCode } from '../exit-code.ts';
import { formatStatus, type StatusRow } from '../output/status-text.ts';
import { asksServer } from '../server-command.ts';

function readWindows(text: string): string {
  const windows = text.split(',').map((part) => part.trim());
  const wrong = windows.find((part) => parseDuration(part) === undefined);
  if (wrong !== undefined) throw new InvalidArgumentError(`"${wrong}" is not a window such as 1h, 24h or 30d.`);
  return windows.join(',');
}

function readInstant(text: string): string {
  const instant = new Date(text);
  if (!/^\d{4}-\d\d-\d\dT/.test(text) || Number.isNaN(instant.getTime())) {
    throw new InvalidArgumentError('Give a moment such as 2026-11-24T12:00:00Z.');
  }
  return instant.toISOString();
}

const optionsSchema = z.object({ window: z.string().optional(), at: z.string().optional() });

function queryOf(options: z.output<typeof optionsSchema>): string {
  const query = new URLSearchParams();
  if (options.window !== undefined) query.set('windows', options.window);
  if (options.at !== undefined) query.set('at', options.at);
  return query.size === 0 ? '' : `?${query}`;
}

interface Answer {
  /** As the API gave it. */
  readonly value: unknown;
  readonly rows: readonly StatusRow[];
}

async function askOne(api: ApiClient, name: string, query: string): Promise<Answer> {
  const path = `/api/v1/objectives/${encodeURIComponent(name)}`;
  const [detail, status] = await Promise.all([
    api.get(path, objectiveDetailSchema),
    api.get(`${path}/status${query}`, objectiveStatusSchema),
  ]);
  return { value: status, rows: [{ ...status, targetText: detail.targetText, cells: status.windows }] };
}

async function askAll(api: ApiClient, query: string): Promise<Answer> {
  const board = await api.get(`/api/v1/board${query}`, boardSchema);
  return { value: board, rows: board.rows };
}

/** One violated primary window is a no; otherwise one without data leaves the question open. */
function verdict(rows: readonly StatusRow[]): ExitCode {
  if (rows.some((row) => row.state === 'violated')) return ExitCode.no;
  return rows.length === 0 || rows.some((row) => row.state === 'no-data') ? ExitCode.noVerdict : ExitCode.yes;
}

const EXIT_HELP = `
Exit codes: 0 no primary window is violated · 1 one is ·
            3 none is, but one has no data, or the server was not reached`;

export function statusCommand(context: CliContext): Command {
  const command = new Command('status')
    .description('How objectives stand: SLI, state and budget left over several windows.')
    .argument('[name]', 'name of an objective; all without it')
    .option('-w, --window <list>', 'windows, such as 1h,24h,7d (default: those of the objective)', readWindows)
    .option('--at <time>', 'a past moment, RFC 3339 (default: now)', readInstant)
    .addHelpText('after', EXIT_HELP);
  return asksServer(command, context, async ({ api, print }, [name]) => {
    const query = queryOf(optionsSchema.parse(command.opts()));
    const { value, rows } = name === undefined ? await askAll(api, query) : await askOne(api, name, query);
    await print(value, () => formatStatus(rows, context));
    context.exitCode = verdict(rows);
  });
}
