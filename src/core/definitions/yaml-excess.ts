import { CST } from 'yaml';
import { definitionLimits } from './definition-limits.ts';
import type { YamlMistake } from './yaml-mistake.ts';

interface Level {
  readonly token: CST.Token;
  readonly depth: number;
}

/**
 * Finds what makes a file too much to read, on the tokens: what comes after works by recursion (depth), compares each key
 * of a map with all others (entries), and looks through the document for every alias.
 */
export function excessOf(tokens: readonly CST.Token[]): YamlMistake | undefined {
  const limit = definitionLimits.documents;
  const stray = tokens.filter(({ type }) => type === 'error')[definitionLimits.strayTokens];
  if (stray !== undefined) return tooMany(stray, 'characters out of place', definitionLimits.strayTokens);
  const documents = tokens.filter(({ type }) => type === 'document');
  const beyond = documents[limit];
  if (beyond !== undefined) return tooMany(beyond, 'documents', limit);
  for (const document of documents) {
    const excess = excessOfDocument(document);
    if (excess !== undefined) return excess;
  }
  return undefined;
}

const tooMany = ({ offset }: CST.Token, what: string, limit: number): YamlMistake => ({
  offset,
  message: `too many ${what}`,
  expected: `at most ${limit}`,
});

function excessOfDocument(document: CST.Token): YamlMistake | undefined {
  const { depth: deepest, entries, aliases } = definitionLimits;
  let aliasesLeft = aliases;
  const open: Level[] = [{ token: document, depth: 0 }];
  for (let level = open.pop(); level !== undefined; level = open.pop()) {
    const { token, depth } = level;
    if (depth > deepest)
      return { offset: token.offset, message: 'nested too deeply', expected: `at most ${deepest} levels` };
    if (CST.isCollection(token) && token.items.length > entries) return tooMany(token, 'entries', entries);
    if (token.type === 'alias' && aliasesLeft-- === 0) return tooMany(token, 'uses of anchors', aliases);
    for (const inner of within(token)) open.push({ token: inner, depth: depth + 1 });
  }
  return undefined;
}

/** The tokens within a token: keys and values of a collection, the content of a document. */
function within(token: CST.Token): CST.Token[] {
  if (token.type === 'document') return token.value === undefined ? [] : [token.value];
  if (!CST.isCollection(token)) return [];
  return token.items.flatMap(({ key, value }) => [key, value].filter((part) => part !== undefined && part !== null));
}
