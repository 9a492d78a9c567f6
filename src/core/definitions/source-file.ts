import { LineCounter } from 'yaml';
import type { ErrorDetail } from '../../contract/errors.ts';
import { definitionLimits } from './definition-limits.ts';
import { countMarks } from './yaml-marks.ts';

/** A place in a file, as a diagnostic names it: line and column count from 1. */
export type Place = Required<Pick<ErrorDetail, 'file' | 'line' | 'column'>> & Pick<ErrorDetail, 'excerpt'>;

/** The text of a definition file, and where in it an offset is. */
export class SourceFile {
  readonly path: string;
  /** Without the byte order mark that some editors write. */
  readonly text: string;
  readonly lineCounter = new LineCounter();
  /** What reading the text costs: see {@link countMarks}. A text too long to be read is not looked through. */
  readonly marks: number;

  constructor(path: string, text: string) {
    this.path = path;
    this.text = text.startsWith('\uFEFF') ? text.slice(1) : text;
    this.marks = this.text.length > definitionLimits.characters ? 0 : countMarks(this.text);
  }

  place(offset: number): Place {
    const { line, col } = this.lineCounter.linePos(Math.min(offset, this.text.length));
    const place = { file: this.path, line: Math.max(1, line), column: Math.max(1, col) };
    const excerpt = this.#excerpt(place.line, place.column);
    return excerpt === undefined ? place : { ...place, excerpt };
  }

  /** The line with a caret under the place. A tab shows as a space, so that the caret stands where it should. */
  #excerpt(line: number, column: number): string | undefined {
    if (column > definitionLimits.excerptColumns) return undefined;
    const start = this.lineCounter.lineStarts[line - 1] ?? 0;
    const shown = this.text.slice(start, start + definitionLimits.excerptColumns);
    const text = (/^[^\r\n]*/.exec(shown)?.[0] ?? '').replaceAll('\t', ' ');
    return `${text}\n${' '.repeat(column - 1)}^`;
  }
}
