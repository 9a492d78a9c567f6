import { Composer, type CST, type Document, Parser } from 'yaml';
import { definitionLimits } from './definition-limits.ts';
import type { SourceFile } from './source-file.ts';
import { firstAlias, mendAliases } from './yaml-aliases.ts';
import { excessOf } from './yaml-excess.ts';
import { type YamlMistake, yamlMistake } from './yaml-mistake.ts';

/** A document of a file as plain data, with its nodes for the places. */
export interface YamlDocument {
  readonly document: Document;
  readonly data: unknown;
}

export interface YamlFile {
  /** Documents whose structure can be trusted; empty ones are left out. */
  readonly documents: readonly YamlDocument[];
  readonly mistakes: readonly YamlMistake[];
}

const refused = (mistake: YamlMistake): YamlFile => ({ documents: [], mistakes: [mistake] });

/** Reads the YAML documents of a file. Never throws, whatever the text. */
export function readYaml(source: SourceFile): YamlFile {
  const { length } = source.text;
  const { characters, marks } = definitionLimits;
  if (length > characters) {
    return refused({
      offset: 0,
      message: `the file has ${length} characters`,
      expected: `at most ${characters}; split it`,
    });
  }
  if (source.marks > marks) {
    return refused({
      offset: 0,
      message: `the file has ${source.marks} brackets, colons, line breaks and the like`,
      expected: `at most ${marks}; split it`,
    });
  }
  const tokens = [...new Parser(source.lineCounter.addNewLine).parse(source.text)];
  const excess = excessOf(tokens);
  return excess === undefined ? composed(source, tokens) : refused(excess);
}

function composed(source: SourceFile, tokens: CST.Token[]): YamlFile {
  const documents: YamlDocument[] = [];
  const mistakes: YamlMistake[] = [];
  const composer = new Composer({ prettyErrors: false, logLevel: 'error' });
  for (const document of composer.compose(tokens)) {
    const errors = [...document.errors, ...document.warnings];
    mistakes.push(...firstOfLines(source, errors.map(yamlMistake)), ...mendAliases(document));
    // A repeated key leaves the structure whole; after anything else the rest would be blamed for nothing.
    if (errors.some(({ code }) => code !== 'DUPLICATE_KEY') || document.contents === null) continue;
    const data = plainData(document);
    if ('mistake' in data) mistakes.push(data.mistake);
    else if (data.data !== null) documents.push({ document, data: data.data });
  }
  return { documents, mistakes };
}

/** One slip makes the parser stumble several times on a line; only the first says something. */
function firstOfLines(source: SourceFile, mistakes: readonly YamlMistake[]): YamlMistake[] {
  const lines = mistakes.map(({ offset }) => source.lineCounter.linePos(offset).line);
  const seen = new Set<number>();
  const firsts = mistakes.filter((_, index) => seen.size < seen.add(lines[index] ?? 0).size);
  return firsts.slice(0, definitionLimits.syntax);
}

function plainData(document: Document): { data: unknown } | { mistake: YamlMistake } {
  try {
    return { data: document.toJS({ maxAliasCount: definitionLimits.aliases }) };
  } catch (error) {
    // The library throws this, and only this, for anchors that are used too often or within themselves.
    if (!(error instanceof ReferenceError)) throw error;
    const expected = `at most ${definitionLimits.aliases} uses`;
    return { mistake: { offset: firstAlias(document), message: 'anchors are used too often', expected } };
  }
}
