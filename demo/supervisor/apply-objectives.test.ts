import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { parse } from 'yaml';
import { definitionFilesSchema } from '../../src/contract/api/definitions.ts';
import { audiences, objectiveSchema } from '../../src/contract/definitions/objective.ts';
import { serviceNames } from '../bank/services.ts';
import { type OtlpSink, startOtlpSink } from '../testing/otlp-sink.ts';
import { applyObjectives, readObjectives } from './apply-objectives.ts';

const objectivesFolder = path.join(import.meta.dirname, '..', 'objectives');

let folder = '';
let sink: OtlpSink | undefined;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'verdant-objectives-'));
});
afterEach(async () => {
  await sink?.close();
  rmSync(folder, { recursive: true, force: true });
});

const documents = [...readObjectives(objectivesFolder).values()].map(({ text }) => objectiveSchema.parse(parse(text)));

const planFor = (url: string) => ({
  verdantUrl: url,
  token: 'admin',
  folder: objectivesFolder,
  stateFile: path.join(folder, 'objectives.json'),
});

const namesIn = (body: string | undefined): string[] =>
  definitionFilesSchema
    .parse(JSON.parse(body ?? '{}'))
    .files.map(({ text }) => objectiveSchema.parse(parse(text)).metadata.name);

test('the objectives are valid, of services that exist, for all audiences, and say what to do', () => {
  expect(documents.length).toBeGreaterThanOrEqual(8);
  expect(new Set(documents.map(({ spec }) => spec.audience))).toEqual(new Set(audiences));
  for (const { metadata, spec } of documents) {
    expect(serviceNames).toContain(spec.indicator.service);
    expect(metadata.displayName).toBeDefined();
    expect(spec.description).toMatch(/At night:|When it is red:/);
  }
});

test('a fresh Verdant gets all objectives', async () => {
  sink = await startOtlpSink();
  const names = await applyObjectives(planFor(sink.url));
  expect(new Set(names)).toEqual(new Set(documents.map(({ metadata }) => metadata.name)));
  expect(new Set(namesIn(sink.applied[0]))).toEqual(new Set(names));
  expect(sink.authorizations).toEqual(new Set(['Bearer admin']));
});

test('objectives that are there stay as they are', async () => {
  sink = await startOtlpSink(['customers-can-pay']);
  await applyObjectives(planFor(sink.url));
  expect(namesIn(sink.applied[0])).not.toContain('customers-can-pay');
});

test('an objective that somebody deleted does not come back', async () => {
  sink = await startOtlpSink();
  await applyObjectives(planFor(sink.url));
  await sink.close();
  sink = await startOtlpSink(['gateway-errors']);
  expect(await applyObjectives(planFor(sink.url))).toEqual([]);
  expect(sink.applied).toEqual([]);
});
