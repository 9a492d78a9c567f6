import { setImmediate } from 'node:timers/promises';
import type { Change, DefinitionFiles } from '../../contract/api/definitions.ts';
import type { ObjectiveDefinition } from '../../contract/definitions/objective.ts';
import { VerdantError } from '../../contract/errors.ts';
import { type ParsedDefinitions, parseDefinitionsInTurns } from '../../core/definitions/parse-definitions.ts';
import { planChanges } from '../../core/definitions/plan-changes.ts';
import { requireScope } from '../access/require-scope.ts';
import type { ActingContext } from '../verdant-context.ts';

/** Reads files of definitions, with all their mistakes, and lets others be answered between two files. */
export const examineDefinitions = ({ files }: DefinitionFiles): Promise<ParsedDefinitions> =>
  parseDefinitionsInTurns(files, () => setImmediate());

/**
 * Reads files of definitions.
 * @throws VerdantError `definitions-invalid` with every mistake of every file
 */
export async function readDefinitions(input: DefinitionFiles): Promise<ObjectiveDefinition[]> {
  const { objectives, diagnostics } = await examineDefinitions(input);
  if (diagnostics.length > 0) throw new VerdantError('definitions-invalid', { details: diagnostics });
  return objectives.map(({ definition }) => definition);
}

/**
 * Says what applying the files would change, and changes nothing.
 * @throws VerdantError `definitions-invalid`, or `forbidden` without `objectives:read`
 */
export async function planDefinitions(ctx: ActingContext, input: DefinitionFiles): Promise<Change[]> {
  requireScope(ctx.actor, 'objectives:read');
  const wanted = await readDefinitions(input);
  const current = (await ctx.objectives.all()).map(({ stored }) => stored.definition);
  return planChanges(current, wanted, { prune: input.prune });
}
