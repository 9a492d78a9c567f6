import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitepress';

interface Page {
  readonly text: string;
  readonly link: string;
}

const page = (text: string, link: string): Page => ({ text, link });

/** Generated pages are found, not listed: a new generator needs no change here. */
const titles: Readonly<Record<string, string>> = { api: 'API', cli: 'Command line' };
const referencePages = readdirSync(fileURLToPath(new URL('../reference', import.meta.url)))
  .filter((file) => file.endsWith('.md'))
  .map((file) => file.replace(/\.md$/, ''))
  .map((name) => page(titles[name] ?? `${name.charAt(0).toUpperCase()}${name.slice(1)}`, `/reference/${name}`));

const start = [
  page('Start in a minute', '/start/first-minute'),
  page('The demo bank', '/start/demo'),
  page('Your own service', '/start/your-service'),
];

const concepts = [
  page('Objectives', '/concepts/objectives'),
  page('Error budget and burn rate', '/concepts/error-budget'),
  page('Timeframes', '/concepts/timeframes'),
  page('Requests and failure', '/concepts/requests'),
  page('Watermark, coverage, no data', '/concepts/no-data'),
  page('Exact numbers', '/concepts/exact-numbers'),
];

const howTo = [
  page('Send traces', '/how-to/send-traces'),
  page('Write an objective', '/how-to/write-an-objective'),
  page('Leave requests out', '/how-to/leave-requests-out'),
  page('Say what failure means', '/how-to/say-what-failure-means'),
  page('Measure latency', '/how-to/measure-latency'),
  page('Objectives in git and CI', '/how-to/objectives-in-git'),
  page('Read the status', '/how-to/read-the-status'),
  page('Tokens and sign-in', '/how-to/tokens-and-sign-in'),
  page('Scrape with Prometheus', '/how-to/scrape-with-prometheus'),
];

const operate = [
  page('ClickHouse and PostgreSQL', '/how-to/clickhouse-and-postgresql'),
  page('Choose the durability', '/how-to/choose-durability'),
  page('Retention and disk', '/how-to/retention-and-disk'),
  page('Memory and overload', '/how-to/memory-and-overload'),
  page('Back up and restore', '/how-to/back-up-and-restore'),
  page('Upgrade', '/how-to/upgrade'),
  page('Find out what is wrong', '/how-to/find-out-what-is-wrong'),
];

const architecture = [
  page('The parts', '/architecture/parts'),
  page('One request through the code', '/architecture/one-request'),
  page('The ledger', '/architecture/ledger'),
];

export default defineConfig({
  lang: 'en',
  title: 'Verdant',
  description: 'Objectives from real requests, seen live in several timeframes. Open, and on your own machine.',
  cleanUrls: true,
  ignoreDeadLinks: false,
  themeConfig: {
    search: { provider: 'local' },
    outline: [2, 3],
    nav: [
      { text: 'Start', link: '/start/first-minute', activeMatch: '/start/' },
      { text: 'Concepts', link: '/concepts/objectives', activeMatch: '/concepts/' },
      { text: 'How to', link: '/how-to/send-traces', activeMatch: '/how-to/' },
      { text: 'Reference', link: '/reference', activeMatch: '/reference' },
      { text: 'Architecture', link: '/architecture/parts', activeMatch: '/architecture/' },
    ],
    sidebar: [
      { text: 'Start', items: start },
      { text: 'Concepts', items: concepts },
      { text: 'How to: objectives', items: howTo },
      { text: 'How to: operate', items: operate },
      { text: 'Reference', items: [page('Overview', '/reference'), ...referencePages] },
      { text: 'Architecture', items: architecture },
    ],
  },
});
