import type { BenchmarkResult, Line } from './benchmark.ts';
import type { Machine } from './machine.ts';

/** A run of all or some benchmarks. */
export interface Report {
  /** RFC 3339. */
  readonly at: string;
  readonly quick: boolean;
  readonly seconds: number;
  readonly machine: Machine;
  readonly loadBefore: string;
  readonly loadAfter: string;
  readonly results: readonly BenchmarkResult[];
}

const WIDTHS = { what: 46, verdant: 21, beside: 12, ratio: 7, aim: 12 } as const;
const WIDTH = Object.values(WIDTHS).reduce((sum, width) => sum + width, 0);

const ratioText = (ratio: number | undefined): string =>
  ratio === undefined ? '' : ratio.toPrecision(ratio >= 100 ? 3 : 2);
const aimText = ({ aim, met }: Line): string => (aim === undefined ? '' : `${aim} ${met ? 'met' : 'MISSED'}`);

function lineText(line: Line): string {
  return (
    line.what.padEnd(WIDTHS.what) +
    line.verdant.padStart(WIDTHS.verdant) +
    line.beside.padStart(WIDTHS.beside) +
    ratioText(line.ratio).padStart(WIDTHS.ratio) +
    `  ${aimText(line)}`
  ).trimEnd();
}

function wrap(text: string): string {
  const lines: string[] = [''];
  for (const word of text.split(' ')) {
    const last = lines.at(-1) ?? '';
    if (last.length + word.length >= WIDTH) lines.push(word);
    else lines[lines.length - 1] = last === '' ? word : `${last} ${word}`;
  }
  return lines.join('\n');
}

export function machineText({ machine, loadBefore, loadAfter, quick, seconds, at }: Report): string {
  return [
    `${at} · ${machine.cpu}, ${machine.cores} cores, ${machine.memoryGb} GB, ${machine.system}`,
    `Verdant ${machine.verdant} · Node ${machine.node} · chDB ${machine.chdb} · PGlite ${machine.pglite}`,
    `Load average before ${loadBefore}, after ${loadAfter} · ${quick ? 'quick run' : 'full run'} of ${Math.round(seconds)} s`,
  ].join('\n');
}

/** The table for people, at most 100 columns wide. */
export function reportText(report: Report): string {
  const head = `${''.padEnd(WIDTHS.what)}${'Verdant'.padStart(WIDTHS.verdant)}${'beside it'.padStart(WIDTHS.beside)}${'ratio'.padStart(WIDTHS.ratio)}  aim`;
  const parts = report.results.map(({ title, about, lines }) =>
    [title, '-'.repeat(WIDTH), wrap(about), '', head, ...lines.map(lineText)].join('\n'),
  );
  return [machineText(report), ...parts].join('\n\n');
}

/** The same for the repository. */
export function reportMarkdown(report: Report): string {
  const parts = report.results.map(({ title, about, lines }) =>
    [
      `## ${title}`,
      '',
      about,
      '',
      '| what | Verdant | beside it | ratio | aim |',
      '|---|--:|--:|--:|---|',
      ...lines.map(
        (line) =>
          `| ${line.what.trim()} | ${line.verdant} | ${line.beside} | ${ratioText(line.ratio)} | ${aimText(line)} |`,
      ),
    ].join('\n'),
  );
  return `${['# Benchmarks', machineText(report).replaceAll('\n', '  \n'), ...parts].join('\n\n')}\n`;
}
