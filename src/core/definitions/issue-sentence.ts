import type { z } from 'zod';
import { type Finding, fieldName, pathText, valueAt } from './finding.ts';
import { descriptionOf, homeOf, knownKeys } from './schema-view.ts';
import { correctedText, objectionTo } from './suggested-value.ts';
import { nearestWord, oneOfWords, typeInWords, valueInWords } from './value-words.ts';

type Issue = z.core.$ZodIssue;
type IssueOf<C extends Issue['code']> = Extract<Issue, { code: C }>;

/**
 * Turns what the schema says about a document into sentences for the one who wrote it: what is wrong, what was expected,
 * and what may have been meant.
 */
export function findingsOf(issue: Issue, data: unknown): Finding[] {
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => unknownKey(issue.path, key, data));
    case 'invalid_union':
      return unionFindings(issue, data);
    case 'invalid_value':
      return [wrongValue(issue.path, issue.values.map(String), data)];
    case 'invalid_type':
      return [wrongType(issue.path, [issue.expected], data)];
    case 'too_small':
    case 'too_big':
      return [wrongSize(issue, data)];
    case 'invalid_key':
      return [wrongKey(issue)];
    default:
      return [notAccepted(issue.path, issue.message, data)];
  }
}

function missing(path: readonly PropertyKey[], expected: string, data: unknown): Finding {
  return { path, at: 'key', message: `${fieldName(path)} is missing`, expected: descriptionOf(path, data) ?? expected };
}

function unknownKey(parent: readonly PropertyKey[], key: string, data: unknown): Finding {
  const known = knownKeys(parent, data);
  const present = Object.keys(Object(valueAt(data, parent)));
  const home = homeOf(key);
  return {
    path: [...parent, key],
    at: 'key',
    message: `${fieldName(parent)} has no field ${valueInWords(key)}`,
    expected: known.length === 0 ? undefined : oneOfWords(known),
    suggestion:
      nearestWord(
        key,
        known.filter((name) => !present.includes(name)),
      ) ?? (home === undefined ? undefined : pathText(home)),
  };
}

function wrongValue(path: readonly PropertyKey[], values: readonly string[], data: unknown): Finding {
  const value = valueAt(data, path);
  const expected = oneOfWords(values);
  if (value === undefined) return missing(path, expected, data);
  return {
    path,
    at: 'value',
    message: cannotBe(path, value),
    expected,
    suggestion: nearestWord(String(value), values),
  };
}

function wrongType(path: readonly PropertyKey[], types: readonly string[], data: unknown): Finding {
  const value = valueAt(data, path);
  const expected = oneOfWords([...new Set(types.map(typeInWords))]);
  if (value === undefined) return missing(path, expected, data);
  const finding: Finding = { path, at: 'value', message: cannotBe(path, value), expected };
  if (types.includes('boolean')) return { ...finding, suggestion: TRUTH[String(value)] };
  const isBare = typeof value === 'number' || typeof value === 'boolean';
  return isBare && types.includes('string') ? unquoted(finding, String(value), data) : finding;
}

/** YAML 1.1 read these as true and false; 1.2 does not. */
const TRUTH: Readonly<Record<string, string>> = { yes: 'true', on: 'true', no: 'false', off: 'false' };

/** A number where text belongs: in quotes it is right, or at least one can say which text is wanted. */
function unquoted(finding: Finding, text: string, data: unknown): Finding {
  const objection = objectionTo(text, finding.path, data);
  return objection === undefined
    ? { ...finding, suggestion: JSON.stringify(text) }
    : { ...finding, expected: objection };
}

function cannotBe(path: readonly PropertyKey[], value: unknown): string {
  return value === null ? `${fieldName(path)} is empty` : `${fieldName(path)} cannot be ${valueInWords(value)}`;
}

const UNITS: Readonly<Record<string, readonly [one: string, many: string]>> = {
  string: ['character', 'characters'],
  array: ['entry', 'entries'],
};

function wrongSize(issue: IssueOf<'too_small'> | IssueOf<'too_big'>, data: unknown): Finding {
  const { path } = issue;
  const small = issue.code === 'too_small';
  const bound = small ? issue.minimum : issue.maximum;
  const unit = UNITS[issue.origin];
  const limit = `${small ? 'at least' : 'at most'} ${bound}`;
  if (unit === undefined) return { path, at: 'value', message: cannotBe(path, valueAt(data, path)), expected: limit };
  const empty = small && Number(bound) === 1;
  return {
    path,
    at: 'value',
    message: `${fieldName(path)} is ${empty ? 'empty' : small ? 'too short' : 'too long'}`,
    expected: `${limit} ${Number(bound) === 1 ? unit[0] : unit[1]}`,
  };
}

function wrongKey({ path, issues }: IssueOf<'invalid_key'>): Finding {
  const [first] = issues;
  const sized = first?.code === 'too_big' || first?.code === 'too_small';
  return {
    path,
    at: 'key',
    message: `the key ${valueInWords(path.at(-1))} is not usable`,
    expected: first !== undefined && sized ? wrongSize(first, undefined).expected : first?.message,
  };
}

/** Messages of the contract's own tests say what is expected: "a duration such as 300ms". */
function notAccepted(path: readonly PropertyKey[], expected: string, data: unknown): Finding {
  const value = valueAt(data, path);
  if (typeof value === 'object' && value !== null) {
    return { path, at: 'value', message: `${fieldName(path)} must have ${expected}` };
  }
  return { path, at: 'value', message: cannotBe(path, value), expected, suggestion: correctedText(path, value, data) };
}

/** Whether an issue says that the value is of another type altogether, so that this alternative was not meant. */
function isOtherType(issue: Issue): boolean {
  if (issue.path.length > 0) return false;
  if (issue.code === 'invalid_union') return issue.errors.length > 0 && issue.errors.flat().every(isOtherType);
  return issue.code === 'invalid_type';
}

function typesOf(issue: Issue): string[] {
  if (issue.code === 'invalid_union') return issue.errors.flat().flatMap(typesOf);
  return issue.code === 'invalid_type' ? [issue.expected] : [];
}

/** Speaks of the alternative that was meant; when none was, of the types that may stand there. */
function unionFindings(issue: IssueOf<'invalid_union'>, data: unknown): Finding[] {
  if ('options' in issue && issue.options !== undefined) {
    return [wrongValue(issue.path, issue.options.map(String), data)];
  }
  const meant = issue.errors.find((issues) => !issues.some(isOtherType));
  if (meant === undefined) return [wrongType(issue.path, typesOf(issue), data)];
  return meant.flatMap((inner) => findingsOf({ ...inner, path: [...issue.path, ...inner.path] }, data));
}
