import type { RequestMatcher } from '../../contract/definitions/objective.ts';
import type { RequestSelection } from './request-selection.ts';

/** Values and tests that a sentence names before it says "and n more". */
const NAMED = 3;

/** Joins words as people do: "a", "a or b", "a, b or c"; a long list is cut. */
export function listInWords(words: readonly string[], last: 'and' | 'or'): string {
  const shown = words.length > NAMED ? [...words.slice(0, NAMED - 1), `${words.length - NAMED + 1} more`] : words;
  const head = shown.slice(0, -1).join(', ');
  return head === '' ? (shown[0] ?? '') : `${head} ${last} ${shown.at(-1)}`;
}

type Values = string | number | readonly (string | number)[] | undefined;

function fieldInWords(label: string, values: Values): string[] {
  if (values === undefined) return [];
  return [`${label}${listInWords([values].flat().map(String), 'or')}`];
}

function attributesInWords(attributes: Readonly<Record<string, string>> | undefined): string[] {
  return Object.entries(attributes ?? {}).map(([key, pattern]) => `${key} = ${pattern}`);
}

/** One test of a request in words, such as "user agent kube-probe/*" or "status 404 and path /wp-*". */
function matcherInWords(matcher: RequestMatcher): string {
  const parts = [
    ...fieldInWords('', matcher.endpoint),
    ...fieldInWords('path ', matcher.path),
    ...fieldInWords('method ', matcher.method),
    ...fieldInWords('user agent ', matcher.userAgent),
    ...fieldInWords('status ', matcher.status),
    ...fieldInWords('gRPC status ', matcher.rpcStatus),
    ...(matcher.failed === undefined ? [] : [matcher.failed ? 'a failure' : 'no failure']),
    ...fieldInWords('a duration under ', matcher.durationUnder),
    ...fieldInWords('a duration of at least ', matcher.durationAtLeast),
    ...attributesInWords(matcher.attributes),
    ...attributesInWords(matcher.resource),
  ];
  return listInWords(parts, 'and');
}

/** A list of tests, of which one must hold, in words. */
export const matchersInWords = (matchers: readonly RequestMatcher[]): string =>
  listInWords(matchers.map(matcherInWords), 'or');

/** Whose requests are counted: "requests of authentication POST /login". */
export function requestsInWords({ service, namespace, endpoint, include }: RequestSelection): string {
  const of = namespace === undefined ? service : `${service} (${namespace})`;
  const endpoints = endpoint === undefined || endpoint === '*' ? [] : fieldInWords('', endpoint);
  const only = include === undefined ? [] : [`with ${matchersInWords(include)}`];
  return ['requests of', of, ...endpoints, ...only].join(' ');
}

/** What is left out, to stand at the end of a sentence: ", leaving out user agent kube-probe/*". */
export function leftOutInWords({ exclude }: RequestSelection): string {
  return exclude === undefined ? '' : `, leaving out ${matchersInWords(exclude)}`;
}
