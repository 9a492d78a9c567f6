import { Command } from 'commander';
import { z } from 'zod';
import type { CliContext } from '../context.ts';
import { ExitCode } from '../exit-code.ts';
import { readDefinitionFiles } from '../files/read-definition-files.ts';
import { outputShape, withOutput } from '../options.ts';
import { formatDiagnostics } from '../output/diagnostics.ts';
import { formatStructured } from '../output/structured.ts';
import { count } from '../output/words.ts';

export function validateCommand(context: CliContext): Command {
  const command = new Command('validate')
    .description('Check definition files without a server. All mistakes are shown at once.')
    .argument('<files...>', 'YAML files, directories that hold some, or - for standard input');
  return withOutput(command).action(async (paths: string[]) => {
    const { output } = z.object(outputShape).parse(command.opts());
    const files = await readDefinitionFiles(paths, context);
    const { parseDefinitions } = await import('../../core/definitions/parse-definitions.ts');
    const { objectives, diagnostics } = parseDefinitions(files);
    const valid = diagnostics.length === 0;
    if (!valid) context.exitCode = ExitCode.no;
    const result = { valid, objectives: objectives.length, diagnostics };
    const structured = await formatStructured(result, output);
    if (structured !== undefined) {
      context.out(structured);
      return;
    }
    const { style } = context;
    const read = `${count(objectives.length, 'objective')} in ${count(files.length, 'file')}`;
    if (valid) context.out(`${style.green('valid')} ${read}\n`);
    else
      context.out(
        `${formatDiagnostics(diagnostics, style)}\n${style.red(count(diagnostics.length, 'mistake'))}; ${read}\n`,
      );
  });
}
