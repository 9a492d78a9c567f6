/** Whether what the documents point to is there: relative links, and paths in backticks. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { listFiles } from './freshness.mjs';

const LINK = /\[[^\]]*\]\(\s*<?([^)\s>]+)>?[^)]*\)/g;
const CODE = /`([^`\n]+)`/g;
const PATH = /^(\.\/)?[\w.@-]+(\/[\w.@*-]+)*\/?$/;
const FILE_NAME = /^[\w.-]+\.(ts|tsx|mjs|cjs|json|md|ya?ml|sh)$/;

const withoutFences = (text) => text.replace(/^(```|~~~)[\s\S]*?^\1/gm, (block) => block.replace(/[^\n]/g, ''));

const lineOf = (text, index) => text.slice(0, index).split('\n').length;

/** VitePress serves docs/ as the root of the site, and a page without its ending. */
function linkExists(root, file, link) {
  const [path] = link.split(/[?#]/);
  if (path === '' || path === undefined) return true;
  const target = decodeURIComponent(path);
  const from = target.startsWith('/') ? join(root, file.startsWith('docs') ? 'docs' : '.') : join(root, dirname(file));
  const bases = target.startsWith('/') ? [from, join(root, 'docs', 'public')] : [from];
  return bases.some((base) =>
    ['', '.md', '.html', '/index.md'].some((ending) =>
      existsSync(join(base, `${target.replace(/\.html$/, '')}${ending}`)),
    ),
  );
}

const isOutside = (link) => /^[a-z][a-z+.-]*:|^\/\//i.test(link);

/** A path in backticks: it begins with something that lies in the root, or it is a bare file name of the root. */
function namesPath(text, entries) {
  if (!PATH.test(text)) return false;
  const first = text.replace(/^\.\//, '').split('/')[0];
  return text.includes('/') ? entries.has(first) : FILE_NAME.test(text) && !text.startsWith('.');
}

/** Up to the first star; what a build or a run makes is not there in a fresh checkout. */
function pathExists(root, text) {
  const fixed = text.replace(/^\.\//, '').split('*')[0];
  return /^(dist|data|node_modules|\.cache)(\/|$)/.test(fixed) || existsSync(join(root, fixed));
}

function checkFile(root, file, entries) {
  const text = withoutFences(readFileSync(join(root, file), 'utf8'));
  const problems = [];
  const report = (match, what) => problems.push(`${file}:${lineOf(text, match.index)} ${what} does not exist`);
  for (const match of text.matchAll(LINK)) {
    if (!isOutside(match[1]) && !linkExists(root, file, match[1])) report(match, `link ${match[1]}`);
  }
  if (file.includes('/')) return problems;
  for (const match of text.matchAll(CODE)) {
    if (namesPath(match[1], entries) && !pathExists(root, match[1])) report(match, `path ${match[1]}`);
  }
  return problems;
}

/** @returns {string[]} what is wrong, each with file and line */
export function checkDocs(root) {
  const top = readdirSync(root);
  const markdown = top.filter((name) => name.endsWith('.md'));
  const deep = listFiles(root, ['docs', 'examples', 'bench', 'demo', 'deploy', 'packages'], (path) =>
    path.endsWith('.md'),
  );
  const files = [...markdown, ...deep.map(({ path }) => path)];
  return files.flatMap((file) => checkFile(root, file, new Set(top)));
}
