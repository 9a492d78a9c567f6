import type { z } from 'zod';
import { type ObjectiveDefinition, objectiveSchema } from '../../contract/definitions/objective.ts';
import { definitionLimits } from './definition-limits.ts';
import { checkDocument } from './document-checks.ts';
import { type Finding, pathText, valueAt } from './finding.ts';
import { findingsOf } from './issue-sentence.ts';
import { replaced } from './suggested-value.ts';
import { nearestWord } from './value-words.ts';

type Issue = z.core.$ZodIssue;

export interface Examined {
  /** Undefined when there is any finding. */
  readonly definition: ObjectiveDefinition | undefined;
  readonly findings: readonly Finding[];
}

/** All that is wrong with the data of a document, in sentences. */
export function examine(data: unknown): Examined {
  const parsed = objectiveSchema.safeParse(data);
  const issues = parsed.error?.issues ?? [];
  const mended = issues.reduce(mendKind, data);
  const further = mended === data ? [] : (objectiveSchema.safeParse(mended).error?.issues ?? []);
  const findings = [...told(issues, data), ...told(further, mended), ...checkDocument(mended)];
  const kept = withoutEchoes(findings);
  return { definition: kept.length === 0 ? parsed.data : undefined, findings: kept };
}

/** Sentences for the first issues: beyond those nobody reads on. */
function told(issues: readonly Issue[], data: unknown): Finding[] {
  const unknownIn = new Set(
    issues.filter(({ code }) => code === 'unrecognized_keys').map(({ path }) => pathText(path)),
  );
  // The schema drops unknown keys and then finds a map of nothing else to be empty.
  const said = issues.filter(({ code, path }) => code !== 'custom' || !unknownIn.has(pathText(path)));
  return said.slice(0, definitionLimits.diagnostics).flatMap((issue) => findingsOf(issue, data));
}

/** Reads a misspelt kind as what was meant, since the schema says nothing about the rest of an unknown kind. */
function mendKind(data: unknown, issue: Issue): unknown {
  if (issue.code !== 'invalid_union' || !('options' in issue) || issue.options === undefined) return data;
  const kind = nearestWord(String(valueAt(data, issue.path)), issue.options.map(String));
  return kind === undefined ? data : replaced(data, issue.path, kind);
}

/** That a key is missing need not be said beside a misspelt one that was meant to be it. */
function withoutEchoes(findings: readonly Finding[]): Finding[] {
  const meant = new Set(
    findings.flatMap(({ path, at, suggestion }) =>
      at === 'key' && suggestion !== undefined ? [pathText([...path.slice(0, -1), suggestion]), suggestion] : [],
    ),
  );
  return findings.filter(({ path, message }) => !(message.endsWith(' is missing') && meant.has(pathText(path))));
}
