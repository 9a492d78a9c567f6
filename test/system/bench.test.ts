import { spawn } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { removeDirectory, temporaryDirectory } from '../support/start-verdant.ts';

const PROGRAM = fileURLToPath(new URL('../../bench/run.mjs', import.meta.url));

const reportSchema = z.object({
  quick: z.literal(true),
  machine: z.object({ cores: z.number().int().min(1), node: z.string(), chdb: z.string() }),
  results: z.array(
    z.object({
      title: z.string(),
      lines: z.array(z.object({ what: z.string(), verdant: z.string(), ratio: z.number().positive().optional() })),
    }),
  ),
});

async function runBench(args: readonly string[]): Promise<{ code: number | null; output: string }> {
  const child = spawn(process.execPath, [PROGRAM, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  const parts: string[] = [];
  child.stdout.on('data', (chunk: Buffer) => parts.push(chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => parts.push(chunk.toString()));
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, output: parts.join('') };
}

describe('the benchmarks', () => {
  let out = '';
  beforeAll(async () => {
    out = await temporaryDirectory();
  });
  afterAll(() => removeDirectory(out));

  it('run, compare Verdant with something in the same run, and keep what they found', async () => {
    const { code, output } = await runBench(['--quick', '--out', out, 'ingest', 'start-up']);
    expect(output, output).toContain('Ingest: OTLP/HTTP');
    expect(code).toBe(0);
    expect(Math.max(...output.split('\n').map((line) => line.length))).toBeLessThanOrEqual(120);
    const files = await readdir(out);
    expect(files.map((file) => file.replace(/^[\d-]+/, ''))).toEqual(
      expect.arrayContaining([expect.stringMatching(/\.json$/), expect.stringMatching(/\.md$/)]),
    );
    const json = files.find((file) => file.endsWith('.json')) ?? '';
    const report = reportSchema.parse(JSON.parse(await readFile(join(out, json), 'utf8')));
    expect(report.results).toHaveLength(2);
    for (const { title, lines } of report.results) {
      const ratios = lines.filter(({ ratio }) => ratio !== undefined);
      expect(ratios.length, title).toBeGreaterThanOrEqual(4);
    }
  });

  it('say which there are when one is misspelt', async () => {
    const { code, output } = await runBench(['ingset']);
    expect(code).toBe(2);
    expect(output).toMatch(/no benchmark "ingset"[\s\S]*\[ingest\].*\[start-up\]/);
  });
});
