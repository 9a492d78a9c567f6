#!/usr/bin/env node
/*
 * chDB holds one thread of libuv's pool per running query, and the pool is made at the first asynchronous call. This
 * file is CommonJS because of that: Node reads an ES module asynchronously, and then it is too late to say the size.
 */
process.env.UV_THREADPOOL_SIZE ??= '24';

const { existsSync } = require('node:fs');
const { join } = require('node:path');
const { pathToFileURL } = require('node:url');

const bundle = join(__dirname, '..', 'dist', 'cli.mjs');
if (existsSync(bundle)) {
  import(pathToFileURL(bundle).href)
    .then(({ main }) => main())
    .catch((error) => {
      console.error(error);
      process.exitCode = 1;
    });
} else {
  console.error('Verdant is not built in this checkout yet: run "npm start" or "npm test" once.');
  process.exitCode = 2;
}
