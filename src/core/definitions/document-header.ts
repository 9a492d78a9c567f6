import { objectiveSchema } from '../../contract/definitions/objective.ts';
import { type Finding, valueAt } from './finding.ts';
import { nearestWord, valueInWords } from './value-words.ts';

const header = {
  apiVersion: objectiveSchema.shape.apiVersion.value,
  kind: objectiveSchema.shape.kind.value,
} as const;

/**
 * Says whether a document is something else than an objective. A near miss (`Objektive`) is none of that: the schema
 * then finds it together with the other mistakes of the document.
 * @returns what is foreign about it; empty when it should be read as an objective
 */
export function foreignHeader(data: unknown): Finding[] {
  for (const key of ['apiVersion', 'kind'] as const) {
    const value = valueAt(data, [key]);
    const known = header[key];
    if (value === undefined || value === null || value === known) continue;
    if (typeof value === 'string' && nearestWord(value, [known]) !== undefined) continue;
    const message = `documents with ${key} ${valueInWords(value)} are not understood`;
    return [{ path: [key], at: 'value', message, expected: known }];
  }
  return [];
}
