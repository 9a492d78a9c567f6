import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { anHour, someObjectives } from './support/objectives.ts';
import { expectAccessible, expectNoSidewaysScroll, openBrowser, openPage } from './support/open-browser.ts';
import { type StartedVerdant, startVerdant } from './support/start-verdant.ts';

let verdant: StartedVerdant;
let browser: Browser;
let context: BrowserContext;
let page: Page;
let complaints: string[];

beforeAll(async () => {
  verdant = await startVerdant();
  await verdant.send(anHour);
  await verdant.apply(someObjectives);
  browser = await openBrowser();
});

afterAll(async () => {
  await browser?.close();
  await verdant?.stop();
});

beforeEach(async () => {
  context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  ({ page, complaints } = await openPage(context));
  await page.goto(await verdant.signInLink());
  await page.getByRole('link', { name: 'Login works' }).waitFor();
});

afterEach(async () => {
  await context.close();
  expect(complaints).toEqual([]);
});

const openObjective = async (): Promise<void> => {
  await page.getByRole('link', { name: 'Login works' }).click();
  await page.getByRole('heading', { name: 'Login works', level: 1 }).waitFor();
};

it('gives the verdict in words and leads to what spent the budget', async () => {
  await openObjective();
  await page.getByText(/1,450 of 1,500 requests in the last 30.d were good.*less than the 99\.9% promised/).waitFor();
  await page.getByText('50 bad requests; the target allows 1.').waitFor();
  const first = page.getByRole('row').filter({ hasText: 'POST /login' });
  expect(await first.textContent()).toMatch(/100(\.0)?%.*50/);
});

it('changes the timeframe and keeps it in the address', async () => {
  await openObjective();
  await page.getByRole('navigation', { name: 'Timeframes' }).getByRole('link', { name: /^1.h/ }).click();
  await page.waitForURL(/window=1h/);
  await page.getByRole('heading', { name: /What spent the budget in the last 1.h/ }).waitFor();
  await page.reload();
  await page.getByText(/requests in the last 1.h were good/).waitFor();
});

it('draws the charts and offers them as a table', async () => {
  await openObjective();
  await page.locator('canvas').nth(1).waitFor();
  await page.getByText('The same as a table').click();
  expect(await page.getByRole('region', { name: 'History as a table' }).getByRole('row').count()).toBeGreaterThan(50);
  await expectAccessible(page);
});

it('explains its words to whoever points at them', async () => {
  await openObjective();
  await page.getByRole('button', { name: 'Last', exact: true }).focus();
  await page.keyboard.press('Tab');
  await page.getByRole('tooltip').filter({ hasText: 'How fast the budget is being spent' }).waitFor();
  await expectAccessible(page);
});

it('shows the definition as YAML and copies it', async () => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await openObjective();
  await page.getByRole('button', { name: 'Copy YAML' }).click();
  await page.getByText('Copied').waitFor();
  expect(await page.evaluate('navigator.clipboard.readText()')).toContain('name: login-works');
});

it('says so when there is no such objective or page', async () => {
  await page.goto(`${verdant.url}/objectives/nobody-made-this`);
  await page.getByRole('alert').getByText('There is no objective "nobody-made-this".').waitFor();
  await expectAccessible(page);
  await page.goto(`${verdant.url}/objectives/a/b/c`);
  await page.getByRole('heading', { name: 'Page not found' }).waitFor();
  await expectAccessible(page);
});

it('shows the services and their endpoints', async () => {
  await page.getByRole('link', { name: 'Services' }).click();
  await page.getByRole('heading', { name: 'Services', level: 1 }).waitFor();
  await page.getByRole('link', { name: 'auth', exact: true }).click();
  const login = page.getByRole('row').filter({ hasText: 'POST /login' });
  await login.waitFor();
  expect(await login.textContent()).toMatch(/5\.00%1,00040 ms40 ms40 ms/);
  await expectAccessible(page);
});

it('remembers the colours that someone chose', async () => {
  await page.getByRole('button', { name: /Colours: as the system/ }).click();
  await page.getByRole('button', { name: /Colours: light/ }).click();
  await page.reload();
  await page.getByRole('button', { name: /Colours: dark/ }).waitFor();
  expect(await page.evaluate('document.documentElement.dataset.mantineColorScheme')).toBe('dark');
});

it.each([
  ['light', 1440],
  ['dark', 1440],
  ['dark', 390],
  ['light', 2560],
] as const)('is accessible and fits: %s, %i wide', async (colorScheme, width) => {
  await page.emulateMedia({ colorScheme });
  await page.setViewportSize({ width, height: 900 });
  await openObjective();
  await page.locator('canvas').nth(1).waitFor();
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
});
