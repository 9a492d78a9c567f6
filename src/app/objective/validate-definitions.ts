import type { DefinitionFiles } from '../../contract/api/definitions.ts';
import type { ErrorDetail } from '../../contract/errors.ts';
import { requireScope } from '../access/require-scope.ts';
import type { ActingContext } from '../verdant-context.ts';
import { examineDefinitions } from './plan-definitions.ts';

/** What a check of files found. */
export interface Validation {
  readonly valid: boolean;
  readonly objectives: number;
  readonly diagnostics: ErrorDetail[];
}

/** Checks files of definitions; finds all mistakes of all files at once. */
export async function validateDefinitions(ctx: ActingContext, input: DefinitionFiles): Promise<Validation> {
  requireScope(ctx.actor, 'objectives:read');
  const { objectives, diagnostics } = await examineDefinitions(input);
  return { valid: diagnostics.length === 0, objectives: objectives.length, diagnostics: [...diagnostics] };
}
