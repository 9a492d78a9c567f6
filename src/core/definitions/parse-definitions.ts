import type { ObjectiveDefinition } from '../../contract/definitions/objective.ts';
import type { ErrorDetail } from '../../contract/errors.ts';
import { definitionLimits } from './definition-limits.ts';
import { foreignHeader } from './document-header.ts';
import { examine } from './examine.ts';
import { type Finding, pathText, valueAt } from './finding.ts';
import { type Place, SourceFile } from './source-file.ts';
import { readYaml, type YamlDocument } from './yaml-documents.ts';
import type { YamlMistake } from './yaml-mistake.ts';
import { offsetOf } from './yaml-place.ts';

export interface DefinitionFile {
  readonly path: string;
  readonly text: string;
}

/** An objective of a file, and where its document begins. */
export interface ParsedObjective {
  readonly definition: ObjectiveDefinition;
  readonly file: string;
  readonly line: number;
}

export interface ParsedDefinitions {
  /** In the order of files and documents; those with mistakes are left out. */
  readonly objectives: readonly ParsedObjective[];
  /** All mistakes of all files, in the order of files and places. Empty when everything is right. */
  readonly diagnostics: readonly ErrorDetail[];
}

/**
 * Reads objectives from YAML files with any number of documents. Empty documents are passed over. Every mistake that can
 * be told is told at once; never throws, whatever the text.
 */
export function parseDefinitions(files: readonly DefinitionFile[]): ParsedDefinitions {
  return gathered([...readFiles(files)]);
}

/** The same, with a pause after each file, so that a server can answer others in between. */
export async function parseDefinitionsInTurns(
  files: readonly DefinitionFile[],
  pause: () => Promise<unknown>,
): Promise<ParsedDefinitions> {
  const read: ReadFile[] = [];
  for (const file of readFiles(files)) {
    read.push(file);
    await pause();
  }
  return gathered(read);
}

function gathered(read: readonly ReadFile[]): ParsedDefinitions {
  const taken = repeatedNames(read.flatMap(({ names }) => names));
  return {
    objectives: read.flatMap(({ objectives }) => objectives),
    diagnostics: read.flatMap(({ source, diagnostics }) =>
      shown(
        source,
        [...diagnostics, ...taken.filter(({ file }) => file === source)].map(({ detail }) => detail),
      ),
    ),
  };
}

interface Diagnosed {
  readonly file: SourceFile;
  readonly detail: ErrorDetail;
}

/** A name that a document gives itself, right or wrong otherwise. */
interface GivenName {
  readonly file: SourceFile;
  readonly name: string;
  readonly place: Place;
}

interface ReadFile {
  readonly source: SourceFile;
  readonly objectives: ParsedObjective[];
  readonly diagnostics: Diagnosed[];
  readonly names: GivenName[];
}

function* readFiles(files: readonly DefinitionFile[]): Generator<ReadFile> {
  let marksLeft: number = definitionLimits.marksOfAll;
  for (const { path, text } of files) {
    const source = new SourceFile(path, text);
    marksLeft -= source.marks;
    if (marksLeft < 0) {
      yield tooMuchToRead(source);
      return;
    }
    yield readFile(source);
  }
}

function tooMuchToRead(source: SourceFile): ReadFile {
  const message = 'the files up to this one are too much to read at once; it and those after it were not read';
  const detail = { message, file: source.path, expected: 'some 10 MB at once: apply them in parts' };
  return { source, objectives: [], diagnostics: [{ file: source, detail }], names: [] };
}

function readFile(source: SourceFile): ReadFile {
  const { documents, mistakes } = readYaml(source);
  const file: ReadFile = { source, objectives: [], diagnostics: [], names: [] };
  for (const mistake of mistakes) file.diagnostics.push({ file: source, detail: mistakeDetail(source, mistake) });
  for (const document of documents) {
    // More could not be shown, and nothing of the file is taken anyway.
    if (file.diagnostics.length > definitionLimits.diagnostics) break;
    readDocument(file, document);
  }
  return file;
}

function readDocument(file: ReadFile, { document, data }: YamlDocument): void {
  const { source } = file;
  const place = (finding: Pick<Finding, 'path' | 'at'>): Place =>
    source.place(offsetOf(document, finding.path, finding.at));
  const name = valueAt(data, ['metadata', 'name']);
  const foreign = foreignHeader(data);
  if (typeof name === 'string' && foreign.length === 0) {
    file.names.push({ file: source, name, place: place({ path: ['metadata', 'name'], at: 'value' }) });
  }
  const { definition, findings } = foreign.length > 0 ? { definition: undefined, findings: foreign } : examine(data);
  if (definition !== undefined) {
    file.objectives.push({ definition, file: source.path, line: place({ path: [], at: 'value' }).line });
  }
  for (const finding of findings) {
    const { path, message, expected, suggestion } = finding;
    const detail = { message, path: pathText(path), ...place(finding), ...given({ expected, suggestion }) };
    file.diagnostics.push({ file: source, detail });
  }
}

const given = ({ expected, suggestion }: Pick<Finding, 'expected' | 'suggestion'>) => ({
  ...(expected === undefined ? {} : { expected }),
  ...(suggestion === undefined ? {} : { suggestion }),
});

function mistakeDetail(source: SourceFile, mistake: YamlMistake): ErrorDetail {
  const { message, expected, suggestion } = mistake;
  return { message, ...source.place(mistake.offset), ...given({ expected, suggestion }) };
}

function repeatedNames(names: readonly GivenName[]): Diagnosed[] {
  const first = new Map<string, Place>();
  return names.flatMap(({ file, name, place }) => {
    const taken = first.get(name);
    if (taken === undefined) {
      first.set(name, place);
      return [];
    }
    const message = `the name "${name}" is taken`;
    const expected = `a name of its own: ${taken.file}:${taken.line} has this one`;
    return [{ file, detail: { message, path: 'metadata.name', ...place, expected } }];
  });
}

/** In the order of places, each once, and no more than a person can read. */
function shown(source: SourceFile, details: readonly ErrorDetail[]): ErrorDetail[] {
  const once = new Map(details.map((detail) => [`${detail.line}:${detail.column}:${detail.message}`, detail]));
  const sorted = [...once.values()].sort((a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0));
  const limit = definitionLimits.diagnostics;
  if (sorted.length <= limit) return sorted;
  return [
    ...sorted.slice(0, limit),
    { message: `there are more mistakes; these are the first ${limit}`, file: source.path },
  ];
}
