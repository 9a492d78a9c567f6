import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { capturingContext } from '../testing/captured-run.ts';
import { readDefinitionFiles } from './read-definition-files.ts';

let cwd = '';

beforeEach(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'verdant-files-'));
  await mkdir(join(cwd, 'slo', 'deep'), { recursive: true });
  await mkdir(join(cwd, 'slo', 'node_modules'));
  await writeFile(join(cwd, 'slo', 'b.yaml'), 'b');
  await writeFile(join(cwd, 'slo', 'deep', 'a.yml'), 'a');
  await writeFile(join(cwd, 'slo', 'notes.md'), 'no definition');
  await writeFile(join(cwd, 'slo', 'node_modules', 'other.yaml'), 'not ours');
});

afterEach(() => rm(cwd, { recursive: true }));

const read = (...paths: string[]) =>
  readDefinitionFiles(paths, capturingContext({ cwd, readStdin: () => Promise.resolve('from stdin') }).context);

describe('definition files', () => {
  it('are all YAML files below a directory, in order', async () => {
    expect(await read('slo')).toEqual([
      { path: 'slo/b.yaml', text: 'b' },
      { path: 'slo/deep/a.yml', text: 'a' },
    ]);
  });

  it('are read once, however often they are named', async () => {
    expect(await read('slo/b.yaml', './slo/b.yaml', 'slo')).toHaveLength(2);
  });

  it('named one by one may have any ending', async () => {
    expect(await read('slo/notes.md')).toEqual([{ path: 'slo/notes.md', text: 'no definition' }]);
  });

  it('come from standard input as -', async () => {
    expect(await read('-')).toEqual([{ path: '<stdin>', text: 'from stdin' }]);
  });

  it('that are missing, or a directory without any, are told', async () => {
    await expect(read('nowhere')).rejects.toThrow('nowhere does not exist.');
    await mkdir(join(cwd, 'empty'));
    await expect(read('empty')).rejects.toThrow('There is no .yaml or .yml file in empty.');
  });
});
