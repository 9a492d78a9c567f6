import { objectiveSchema } from '../../contract/definitions/objective.ts';
import { pathText, valueAt } from './finding.ts';

/** The data with another value at a path; what lies beside the path is shared. */
export function replaced(data: unknown, path: readonly PropertyKey[], value: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined || typeof data !== 'object' || data === null) return value;
  const inner = replaced(Reflect.get(data, key), rest, value);
  if (Array.isArray(data)) return data.map((item, index) => (index === key ? inner : item));
  return { ...data, [key]: inner };
}

/** A way to a value and nothing beside it, but the kind by which the schema chooses: cheap to check, however big the rest. */
function alone(data: unknown, path: readonly PropertyKey[], value: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  const inner = alone(valueAt(data, [key]), rest, value);
  return Array.isArray(data) ? [inner] : { kind: valueAt(data, ['kind']), [key]: inner };
}

/**
 * Tries another value at a path.
 * @returns what the schema has against it; undefined when nothing
 */
export function objectionTo(value: unknown, path: readonly PropertyKey[], data: unknown): string | undefined {
  const issues = objectiveSchema.safeParse(alone(data, path, value)).error?.issues ?? [];
  const place = pathText(path.map((segment) => (typeof segment === 'number' ? 0 : segment)));
  return issues.find((issue) => pathText(issue.path) === place)?.message;
}

/** What people write for what they mean: `99,9`, `5XX`, `300 ms`, `Sign In`. */
const corrections: readonly ((text: string) => string)[] = [
  (text) => `${text.replace(',', '.').replace(/\s*%$/, '')}%`,
  (text) => text.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-'),
  (text) => text.replaceAll(/\s/g, '').toLowerCase(),
];

const LONGEST = 200;

/** A near value that the schema takes in place of one that it does not. */
export function correctedText(path: readonly PropertyKey[], value: unknown, data: unknown): string | undefined {
  if (typeof value !== 'number' && typeof value !== 'string') return undefined;
  const text = String(value).trim();
  if (text === '' || text.length > LONGEST) return undefined;
  return corrections
    .map((correct) => correct(text))
    .find((candidate) => candidate !== value && objectionTo(candidate, path, data) === undefined);
}
