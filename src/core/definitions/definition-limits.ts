/**
 * What one file may ask of the reader. Far above what people write by hand (an objective is half a kilobyte, six levels
 * deep), and low enough that no file made for harm takes memory or stack.
 */
export const definitionLimits = {
  /** Characters of a file; the same as the API takes. */
  characters: 1_000_000,
  /**
   * Characters of a file that may begin something: brackets, colons, line breaks ... Reading takes some 10 µs for each,
   * whatever the file says. A megabyte of objectives has 100 000.
   */
  marks: 120_000,
  /** The same over all files that are read at once: 10 MB of objectives. */
  marksOfAll: 1_200_000,
  documents: 2000,
  /** Entries of one map or list. */
  entries: 1000,
  /** Levels of nesting. */
  depth: 30,
  /** Times that anchors may be used in one document, each use within a used anchor counted too. */
  aliases: 100,
  /** Mistakes shown of one file. */
  diagnostics: 100,
  /** Tokens that stand nowhere in YAML, such as a second closing bracket; the reader makes an error of each. */
  strayTokens: 1000,
  /** Mistakes of YAML itself shown of one document: after the first few the parser has lost its way. */
  syntax: 10,
  /** Characters of a line that an excerpt shows; a place beyond has none. */
  excerptColumns: 2000,
} as const;
