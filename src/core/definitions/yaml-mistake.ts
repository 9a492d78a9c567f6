import type { ErrorCode, YAMLError } from 'yaml';

/** A mistake of YAML itself, at an offset of the text. */
export interface YamlMistake {
  readonly offset: number;
  readonly message: string;
  readonly expected?: string | undefined;
  readonly suggestion?: string | undefined;
}

/** What the parser's words leave open: what to write instead. */
const EXPECTED: Readonly<Partial<Record<ErrorCode, string>>> = {
  TAB_AS_INDENT: 'spaces: YAML is not indented with tabs',
  BAD_INDENT: 'the fields of one map in one column',
  BAD_SCALAR_START: 'quotes around text that begins with this character',
  BAD_ALIAS: 'quotes around text that begins with *',
  BLOCK_AS_IMPLICIT_KEY: 'quotes around text that holds ": "',
  MULTILINE_IMPLICIT_KEY: 'a key and a colon on one line',
  DUPLICATE_KEY: 'each key once',
  BAD_DQ_ESCAPE: 'a known escape, or single quotes in which a backslash is only a backslash',
};

const MESSAGE: Readonly<Partial<Record<ErrorCode, string>>> = {
  DUPLICATE_KEY: 'this key stands in the map twice',
  TAB_AS_INDENT: 'a tab stands where the indentation is',
  BLOCK_AS_IMPLICIT_KEY: 'the text after the first colon holds another, or a list',
};

/** What the YAML parser says, in a sentence that goes on after "error". */
export function yamlMistake({ code, message, pos }: YAMLError): YamlMistake {
  const own = `${message.charAt(0).toLowerCase()}${message.slice(1)}`;
  const open = own.startsWith('flow ');
  return {
    offset: pos[0],
    message: MESSAGE[code] ?? own,
    expected: open ? 'a closing bracket before this' : EXPECTED[code],
  };
}
