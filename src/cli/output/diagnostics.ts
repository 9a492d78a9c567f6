import type { z } from 'zod';
import type { diagnosticSchema } from '../../contract/api/definitions.ts';
import type { Style } from './style.ts';

export type Diagnostic = z.output<typeof diagnosticSchema>;

/** Columns of a source line that are shown around the place of a mistake. */
const EXCERPT_WIDTH = 72;

/** With the label before it a note stays within 80 columns. */
const WRAP_WIDTH = 64;

const place = (diagnostic: Diagnostic): string =>
  [diagnostic.file, diagnostic.line, diagnostic.line === undefined ? undefined : diagnostic.column]
    .filter((part) => part !== undefined)
    .join(':');

/** The part of a long line that holds the column, and where the column is in it (both from 0). */
function windowOf(line: string, column: number): { text: string; caret: number } {
  if (line.length <= EXCERPT_WIDTH) return { text: line, caret: column };
  const start = Math.max(0, Math.min(column - 20, line.length - EXCERPT_WIDTH));
  return { text: line.slice(start, start + EXCERPT_WIDTH), caret: column - start };
}

function excerptLines(diagnostic: Diagnostic, source: string, style: Style): string[] {
  const number = diagnostic.line === undefined ? '' : String(diagnostic.line);
  const gutter = number.padStart(5);
  const column = Math.max(0, (diagnostic.column ?? 1) - 1);
  const { text, caret } = windowOf(source.replaceAll('\t', ' '), column);
  const shown = [`${style.dim(`${gutter} |`)} ${text}`];
  if (diagnostic.column !== undefined) {
    const word = /^[^\s:,\]}#]+/.exec(text.slice(caret))?.[0].length ?? 1;
    const marks = `${' '.repeat(caret)}${style.red('^'.repeat(Math.max(1, word)))}`;
    shown.push(`${style.dim(`${' '.repeat(gutter.length)} |`)} ${marks}`);
  }
  return shown;
}

/** Breaks a sentence into lines of at most the width of a note; a longer word stays whole. */
function wrap(text: string): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last === undefined || last.length + 1 + word.length > WRAP_WIDTH) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
}

function note(label: string, text: string, paint: (line: string) => string, style: Style): string[] {
  return wrap(text).map((line, index) => `      ${style.dim((index === 0 ? label : '').padEnd(10))}${paint(line)}`);
}

/** A mistake as a compiler shows it: place, message, the line with a caret, what was expected, what may be meant. */
export function formatDiagnostic(diagnostic: Diagnostic, style: Style): string {
  const at = place(diagnostic);
  const field = diagnostic.path === undefined || diagnostic.path === '' ? '' : style.dim(` (${diagnostic.path})`);
  const lines = [`${at === '' ? '' : `${style.bold(at)} `}${style.red('error')} ${diagnostic.message}${field}`];
  const source = diagnostic.excerpt?.split('\n')[0];
  if (source !== undefined && source.trim() !== '') lines.push(...excerptLines(diagnostic, source, style));
  const asIs = (line: string): string => line;
  if (diagnostic.expected !== undefined) lines.push(...note('expected', diagnostic.expected, asIs, style));
  if (diagnostic.suggestion !== undefined) lines.push(...note('perhaps', diagnostic.suggestion, style.green, style));
  return lines.join('\n');
}

export const formatDiagnostics = (diagnostics: readonly Diagnostic[], style: Style): string =>
  diagnostics.map((diagnostic) => `${formatDiagnostic(diagnostic, style)}\n`).join('\n');
