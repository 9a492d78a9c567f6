/** Whether something made from files is still what the files would make: a stamp of their sizes, times and contents. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const IGNORED_FOLDERS = new Set(['node_modules', 'dist', '.git', '.cache', 'data']);

/** All files under the given paths, sorted; what does not exist is left out. */
export function listFiles(root, paths, keep = () => true) {
  const found = [];
  const visit = (path) => {
    const entry = statSync(join(root, path), { throwIfNoEntry: false });
    if (entry === undefined) return;
    if (!entry.isDirectory()) {
      if (keep(path)) found.push({ path, size: entry.size, time: entry.mtimeMs });
      return;
    }
    for (const name of readdirSync(join(root, path))) if (!IGNORED_FOLDERS.has(name)) visit(join(path, name));
  };
  for (const path of paths) visit(path);
  return found.sort((a, b) => (a.path < b.path ? -1 : 1));
}

const hash = (feed) => {
  const digest = createHash('sha256');
  feed(digest);
  return digest.digest('hex');
};

const quickHash = (files) =>
  hash((digest) => {
    for (const { path, size, time } of files) digest.update(`${path}\0${size}\0${time}\n`);
  });

/** Hash of names and contents. */
const contentHash = (root, files) =>
  hash((digest) => {
    for (const { path } of files)
      digest
        .update(`${path}\0`)
        .update(readFileSync(join(root, path)))
        .update('\0');
  });

const readStamp = (path) => {
  if (!existsSync(path)) return undefined;
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
};

export function writeStamp(path, root, files) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `${JSON.stringify({ quick: quickHash(files), content: contentHash(root, files) })}\n`);
}

/** Times decide first; where they moved but no content did (a checkout), the stamp is renewed and nothing is stale. */
export function isFresh(path, root, files) {
  const stamp = readStamp(path);
  if (stamp === undefined) return false;
  if (stamp.quick === quickHash(files)) return true;
  if (stamp.content !== contentHash(root, files)) return false;
  writeStamp(path, root, files);
  return true;
}
