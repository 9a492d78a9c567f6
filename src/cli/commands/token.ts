import { Command } from 'commander';
import { z } from 'zod';
import { createdTokenSchema, tokenSchema } from '../../contract/api/access.ts';
import { allScopes, scopes } from '../../contract/scopes.ts';
import { suggest } from '../../lib/suggest.ts';
import { CliError } from '../cli-error.ts';
import type { CliContext } from '../context.ts';
import { ExitCode } from '../exit-code.ts';
import { formatInstant } from '../output/format.ts';
import { formatTable } from '../output/table.ts';
import { asksServer } from '../server-command.ts';

const tokenListSchema = z.object({ tokens: z.array(tokenSchema) });

const columns = [
  { title: 'ID' },
  { title: 'NAME', shrinkTo: 12 },
  { title: 'LAST USED' },
  { title: 'SCOPES', shrinkTo: 20 },
] as const;

const scopeHelp = `\nScopes:\n${allScopes.map((scope) => `  ${scope.padEnd(17)} ${scopes[scope]}`).join('\n')}`;

/** Scopes may be given one by one or with commas between them. */
function readScopes(given: readonly string[]): string[] {
  const names = given.flatMap((text) => text.split(',')).map((text) => text.trim());
  for (const name of names) {
    if (allScopes.some((scope) => scope === name)) continue;
    const meant = suggest(name, allScopes);
    throw new CliError(`There is no scope "${name}"${meant === undefined ? '.' : `; did you mean ${meant}?`}`, {
      exitCode: ExitCode.usage,
      fix: `Scopes: ${allScopes.join(', ')}.`,
    });
  }
  return [...new Set(names)];
}

function createCommand(context: CliContext): Command {
  const command = new Command('create')
    .description('Create a token. The secret goes to stdout alone and is shown only now.')
    .argument('<name>', 'what it is for')
    .requiredOption('-s, --scope <scope...>', 'what it may do')
    .addHelpText('after', scopeHelp);
  return asksServer(command, context, async ({ api, print, format }, [name]) => {
    const wanted = readScopes(z.object({ scope: z.array(z.string()) }).parse(command.opts()).scope);
    const token = await api.post('/api/v1/tokens', { name, scopes: wanted }, createdTokenSchema);
    await print(token, () => `${token.secret}\n`);
    if (format === 'table') {
      context.err(`${context.errStyle.dim(`Token ${token.id} "${token.name}" may: ${token.scopes.join(', ')}.`)}\n`);
    }
  });
}

function listCommand(context: CliContext): Command {
  const command = new Command('list').description('List tokens; secrets are not kept.');
  return asksServer(command, context, async ({ api, print }) => {
    const list = await api.get('/api/v1/tokens', tokenListSchema);
    await print(list, () => {
      if (list.tokens.length === 0) return 'There are no tokens.\n';
      const rows = list.tokens.map((token) => [
        token.id,
        token.name,
        token.lastUsedAt === null ? 'never' : formatInstant(token.lastUsedAt),
        token.scopes.join(', '),
      ]);
      return formatTable(columns, rows, { width: context.width, title: context.style.dim });
    });
  });
}

function revokeCommand(context: CliContext): Command {
  const command = new Command('revoke').description('Revoke tokens; they stop working at once.');
  command.argument('<id...>', 'ids as "token list" shows them');
  return asksServer(command, context, async ({ api, print }, ids) => {
    for (const id of ids) await api.delete(`/api/v1/tokens/${encodeURIComponent(id)}`);
    await print({ revoked: ids }, () => ids.map((id) => `revoked ${id}\n`).join(''));
  });
}

export function tokenCommand(context: CliContext): Command {
  return new Command('token')
    .description('Create, list and revoke tokens.')
    .addCommand(createCommand(context))
    .addCommand(listCommand(context))
    .addCommand(revokeCommand(context));
}
