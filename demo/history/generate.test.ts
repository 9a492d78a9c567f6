import { expect, test } from 'vitest';
import { generateSpans, type World } from './generate.ts';
import { incidentStart, incidents } from './incidents.ts';
import type { ServerSpan } from './server-span.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const world: World = { seed: 7, anchor: Date.UTC(2026, 10, 24, 15, 30), zoneOffsetMs: () => HOUR };
const monday = Date.UTC(2026, 10, 23);

const failureShare = (spans: readonly ServerSpan[]): number =>
  spans.filter((span) => span.status >= 500).length / spans.length;

const startDaysAgo = (daysAgo: number): number => {
  const incident = incidents.find((known) => known.daysAgo === daysAgo);
  if (incident === undefined) throw new Error(`no incident ${daysAgo} days ago`);
  return incidentStart(incident, world.anchor, HOUR);
};

test('the same world gives the same spans, another seed others', () => {
  const once = generateSpans(world, monday, monday + HOUR);
  expect(generateSpans(world, monday, monday + HOUR)).toEqual(once);
  expect(generateSpans({ ...world, seed: 8 }, monday, monday + HOUR)).not.toEqual(once);
  expect(once.length).toBeGreaterThan(300);
});

test('every span lies in exactly one piece, wherever the cuts are', () => {
  const cuts = [0, 17.5, 18, 61, 119.99, 180].map((minutes) => monday + 12 * HOUR + minutes * 60_000);
  const pieces = cuts.slice(1).flatMap((to, index) => generateSpans(world, cuts[index] ?? to, to));
  const whole = generateSpans(world, cuts[0] ?? 0, cuts.at(-1) ?? 0);
  const ids = (spans: readonly ServerSpan[]): string[] => spans.map((span) => Buffer.from(span.spanId).toString('hex'));
  expect(new Set(ids(pieces))).toEqual(new Set(ids(whole)));
  expect(pieces.length).toBe(whole.length);
  expect(new Set(ids(whole)).size).toBe(whole.length);
});

test('the span of a service belongs to the trace of its gateway span and lies within it', () => {
  const spans = generateSpans(world, monday, monday + 6 * HOUR);
  const byId = new Map(spans.map((span) => [Buffer.from(span.spanId).toString('hex'), span]));
  const children = spans.filter((span) => span.parentSpanId !== undefined);
  expect(children.length).toBeGreaterThan(500);
  for (const child of children) {
    const parent = byId.get(Buffer.from(child.parentSpanId ?? []).toString('hex'));
    if (parent === undefined) continue;
    expect(child.traceId).toEqual(parent.traceId);
    expect(child.startUs).toBeGreaterThanOrEqual(parent.startUs);
    expect(child.startUs + child.durationUs).toBeLessThanOrEqual(parent.startUs + parent.durationUs);
  }
});

test('about four of a hundred logins are mistyped, and no customer counts as a machine', () => {
  const logins = generateSpans(world, monday, monday + DAY).filter(
    (span) => span.service === 'authentication' && span.route === '/login' && span.userAgent.startsWith('BankApp/'),
  );
  const mistyped = logins.filter((span) => span.status === 401).length / logins.length;
  expect(mistyped).toBeGreaterThan(0.025);
  expect(mistyped).toBeLessThan(0.055);
});

test('twelve days ago most payments failed for forty minutes, some without a word of the payments service', () => {
  const start = startDaysAgo(12);
  const isPayment = (span: ServerSpan): boolean => span.route === '/payments';
  const during = generateSpans(world, start, start + 40 * 60_000).filter(isPayment);
  const before = generateSpans(world, start - 2 * HOUR, start - 5 * 60_000).filter(isPayment);
  const atGateway = during.filter((span) => span.service === 'gateway');
  expect(failureShare(atGateway)).toBeGreaterThan(0.8);
  expect(failureShare(before)).toBeLessThan(0.05);
  expect(atGateway.filter((span) => span.status === 503).length).toBeGreaterThan(0);
  expect(during.filter((span) => span.service === 'payments').length).toBeLessThan(atGateway.length);
});

test('five days ago logins were slow for two hours and failed no more than usual', () => {
  const start = startDaysAgo(5);
  const logins = generateSpans(world, start, start + 2 * HOUR).filter(
    (span) => span.service === 'authentication' && span.route === '/login' && span.userAgent.startsWith('BankApp/'),
  );
  expect(logins.filter((span) => span.durationUs >= 300_000).length / logins.length).toBeGreaterThan(0.7);
  expect(failureShare(logins)).toBeLessThan(0.01);
});

test('twenty days ago a release of accounts failed one read of a hundred', () => {
  const start = startDaysAgo(20);
  const accounts = (from: number, to: number): ServerSpan[] =>
    generateSpans(world, from, to).filter((span) => span.service === 'accounts' && span.route.startsWith('/accounts'));
  const during = accounts(start, start + 12 * HOUR);
  expect(new Set(during.map((span) => span.version))).toContain('2.8.0');
  expect(failureShare(during)).toBeGreaterThan(0.004);
  expect(failureShare(during)).toBeLessThan(0.025);
  expect(new Set(accounts(start - HOUR, start - 600_000).map((span) => span.version))).toEqual(new Set(['2.7.4']));
  expect(new Set(accounts(start + 13 * HOUR, start + 14 * HOUR).map((span) => span.version))).toEqual(
    new Set(['2.8.1']),
  );
});

test('the last hours before the first start are healthy', () => {
  const spans = generateSpans(world, world.anchor - HOUR, world.anchor).filter((span) =>
    span.userAgent.startsWith('BankApp/'),
  );
  expect(spans.length).toBeGreaterThan(500);
  expect(failureShare(spans)).toBeLessThan(0.002);
});
