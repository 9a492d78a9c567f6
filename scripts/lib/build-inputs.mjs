/** What the build reads, so that a change of it makes dist stale. Tests are not part of the product. */
import { join } from 'node:path';
import { listFiles } from './freshness.mjs';

const INPUTS = [
  'src',
  'web',
  'demo',
  'packages',
  'scripts/build.mjs',
  'package-lock.json',
  'vite.config.ts',
  'tsconfig.json',
  'tsconfig.web.json',
];

export const buildInputs = (root) => listFiles(root, INPUTS, (path) => !/\.test\.tsx?$/.test(path));

export const buildStamp = (root) => join(root, 'dist', '.verdant-stamp');
