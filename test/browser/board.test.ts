import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { anHour, manyObjectives, someObjectives } from './support/objectives.ts';
import { expectAccessible, expectNoSidewaysScroll, openBrowser, openPage } from './support/open-browser.ts';
import { type StartedVerdant, startVerdant } from './support/start-verdant.ts';

let verdant: StartedVerdant;
let browser: Browser;
let context: BrowserContext;
let page: Page;
let complaints: string[];

beforeAll(async () => {
  verdant = await startVerdant();
  browser = await openBrowser();
});

afterAll(async () => {
  await browser?.close();
  await verdant?.stop();
});

beforeEach(async () => {
  context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  ({ page, complaints } = await openPage(context));
});

afterEach(async () => {
  await context.close();
  expect(complaints).toEqual([]);
});

const signIn = async (): Promise<void> => {
  await page.goto(await verdant.signInLink());
  await page.getByRole('navigation', { name: 'Main' }).waitFor();
};

describe('signing in', () => {
  it('asks for a link, takes a pasted one, and leads to where one wanted to go', async () => {
    await page.goto(`${verdant.url}/services`);
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    await expectAccessible(page);
    await page.getByLabel('Link or code').fill(await verdant.signInLink());
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('heading', { name: 'Services', level: 1 }).waitFor();
    expect(new URL(page.url()).pathname).toBe('/services');
  });

  it('works once by the link, which leaves no code in the address', async () => {
    const link = await verdant.signInLink();
    await page.goto(link);
    await page.getByRole('navigation', { name: 'Main' }).waitFor();
    expect(page.url()).toBe(`${verdant.url}/`);
    await page.getByRole('button', { name: /^Sign out/ }).click();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    await page.goto(link);
    await page.getByRole('alert').waitFor();
    expect(await page.getByRole('alert').textContent()).toMatch(/used already or has expired/);
    await expectAccessible(page);
  });
});

it('tells how to make the first objective while there is none', async () => {
  await signIn();
  await page.getByRole('heading', { name: 'No objectives yet' }).waitFor();
  expect(await page.getByText('npx verdant apply').count()).toBe(1);
  await expectAccessible(page);
});

describe('with objectives and an hour of requests', () => {
  beforeAll(async () => {
    await verdant.send(anHour);
    await verdant.apply(someObjectives);
  });

  beforeEach(signIn);

  const row = (name: string) => page.getByRole('row').filter({ has: page.getByRole('link', { name }) });

  it('says what is wrong, worst first, by word and number', async () => {
    await page.getByRole('heading', { name: '1 of 3 objectives violated' }).waitFor();
    const login = await row('Login works').textContent();
    expect(login).toContain('Violated');
    expect(login).toMatch(/96\.66\d*%/);
    expect(await row('Payments answer').textContent()).toContain('Healthy');
    expect(await row('Search answers').textContent()).toContain('No data');
    expect(await page.getByRole('columnheader').allTextContents()).toEqual(
      expect.arrayContaining([expect.stringMatching(/1.h.*Act now/), expect.stringMatching(/30.d.*Plan and report/)]),
    );
  });

  it('is live and says up to when it is complete', async () => {
    await page.getByText('Live', { exact: true }).waitFor();
    expect(await page.getByText(/complete up to \d\d:\d\d:\d\d/).count()).toBe(1);
  });

  it('follows new requests without a reload', async () => {
    const payments = row('Payments answer').getByRole('cell').nth(1);
    await payments.waitFor();
    await verdant.send([
      {
        service: 'payments',
        method: 'POST',
        route: '/payments',
        minutes: 2,
        perMinute: 90,
        failures: 0,
        durationMs: 900,
      },
    ]);
    await payments.getByText('Violated').waitFor({ timeout: 30_000 });
  });

  it('filters by text from the keyboard and keeps the view in the address', async () => {
    await row('Login works').waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type('payments');
    await page.waitForURL(/q=payments/);
    await row('Login works').waitFor({ state: 'detached' });
    expect(await row('Payments answer').count()).toBe(1);
    await page.reload();
    await row('Payments answer').waitFor();
    expect(await page.getByLabel('Filter objectives').inputValue()).toBe('payments');
    await page.getByLabel('Filter objectives').fill('nothing like it');
    await page.getByText('No objective matches').waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Clear filters' }).first().click();
    await row('Login works').waitFor();
  });

  it('filters by state through the summary', async () => {
    await page.getByRole('button', { name: '1 no data' }).click();
    await row('Login works').waitFor({ state: 'detached' });
    expect(await row('Search answers').count()).toBe(1);
  });

  it('shows any timeframe that someone asks for, and says why not', async () => {
    const field = page.getByLabel('Add a timeframe');
    await field.fill('6h');
    await field.press('Enter');
    await page.getByRole('columnheader', { name: /6.h/ }).waitFor();
    expect(new URL(page.url()).searchParams.get('windows')).toBe('1h,6h,24h,7d,30d');
    await field.fill('soon');
    await field.press('Enter');
    expect(await page.getByRole('alert').textContent()).toMatch(/such as/);
    await expectAccessible(page);
    await page.getByRole('button', { name: /Take away 30.d/ }).click();
    await page.getByRole('columnheader', { name: /30.d/ }).waitFor({ state: 'detached' });
  });

  it('walks through the rows with the arrow keys and opens one with Enter', async () => {
    await page.getByRole('link', { name: 'Login works' }).focus();
    await page.keyboard.press('ArrowDown');
    await page.locator('a:focus', { hasText: 'Payments answer within 300 ms' }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Payments answer within 300 ms', level: 1 }).waitFor();
  });

  it('starts and stops a fault of the demo', async () => {
    await page.getByRole('button', { name: 'Demo faults' }).click();
    await page.getByRole('button', { name: 'Start: Logins become slow' }).click();
    await page.getByRole('button', { name: 'Demo faults: 1 running' }).waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Stop: Logins become slow' }).click();
    await page.getByRole('button', { name: 'Demo faults', exact: true }).waitFor();
  });

  it.each([
    ['light', 1440],
    ['dark', 1440],
    ['light', 390],
    ['dark', 2560],
  ] as const)('is accessible and fits: %s, %i wide', async (colorScheme, width) => {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 900 });
    await row('Login works').waitFor();
    await expectAccessible(page);
    await expectNoSidewaysScroll(page);
  });
});

describe('with hundreds of objectives', () => {
  beforeAll(async () => {
    await verdant.apply(manyObjectives(300));
  });

  beforeEach(signIn);

  it('keeps only what is in sight in the page, and finds the rest', async () => {
    await page.getByText('of 303 objectives').waitFor();
    expect(await page.getByRole('row').count()).toBeLessThan(60);
    await page.keyboard.press('/');
    await page.keyboard.type('many-299');
    await page.getByText('1 of 303 objectives shown').waitFor();
    expect(await page.getByRole('link', { name: 'One of many 299' }).count()).toBe(1);
  });

  it('reaches the last one by scrolling', async () => {
    await page.getByRole('link', { name: 'Login works' }).waitFor();
    await page.keyboard.press('End');
    await page
      .getByRole('link', { name: /One of many|Search answers/ })
      .first()
      .waitFor();
    await page.getByRole('link', { name: 'Login works' }).waitFor({ state: 'detached' });
  });
});
