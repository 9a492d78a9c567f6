import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkDocs } from './check-docs.mjs';

let root = '';

function write(file: string, text: string): void {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), text);
}

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'verdant-docs-'));
  write('src/core/a.ts', '');
  write('docs/guide/start.md', '# Start');
});

afterEach(() => rmSync(root, { recursive: true }));

describe('the check of the documents', () => {
  it('finds links and paths that lead nowhere, with their line', () => {
    write('README.md', '# A\n\n[gone](docs/guide/gone.md) and `src/core/gone.ts` and `gone.json`');
    expect(checkDocs(root)).toEqual([
      'README.md:3 link docs/guide/gone.md does not exist',
      'README.md:3 path src/core/gone.ts does not exist',
      'README.md:3 path gone.json does not exist',
    ]);
  });

  it('accepts what is there, what lies outside, and what only looks like a path', () => {
    write(
      'README.md',
      '[a](docs/guide/start.md#top) [b](https://example.org/x) [c](#here) `src/core/` `src/*/gone` `application/json` ' +
        '`dist/cli.mjs` `npm test`\n```\n[in a block](gone.md) `src/gone.ts`\n```\n',
    );
    expect(checkDocs(root)).toEqual([]);
  });

  it('reads links of the site from the root of docs, with or without ending', () => {
    write('docs/index.md', '[a](/guide/start) [b](./guide/start.md) [c](/guide/gone)');
    expect(checkDocs(root)).toEqual(['docs/index.md:1 link /guide/gone does not exist']);
  });
});
