import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import type { DefinitionFiles } from '../../src/contract/api/definitions.ts';
import { readJsonFile, writeJsonFile } from './json-file.ts';

const objectiveNames = z.object({ objectives: z.array(z.object({ name: z.string() })) });
const documentName = z.object({ metadata: z.object({ name: z.string() }) });

/** Where the objectives come from and go to. */
export interface ObjectivesPlan {
  readonly verdantUrl: string;
  readonly token: string;
  /** Folder with one YAML file per objective. */
  readonly folder: string;
  /** File that remembers which were applied once, so that a deleted one stays deleted. */
  readonly stateFile: string;
}

/** Reads the objectives of a folder, by name. */
export function readObjectives(folder: string): Map<string, { path: string; text: string }> {
  const found = new Map<string, { path: string; text: string }>();
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.yaml'))) {
    const text = readFileSync(path.join(folder, file), 'utf8');
    found.set(documentName.parse(parse(text)).metadata.name, { path: `demo/${file}`, text });
  }
  return found;
}

/**
 * Brings the demo's objectives to Verdant through its public API: those that are not there and never were, so that
 * what a user changed or deleted stays so. A Verdant without any objective gets all.
 * @returns names of those applied
 * @throws Error with status and body when Verdant refuses
 */
export async function applyObjectives(plan: ObjectivesPlan): Promise<string[]> {
  const headers = { authorization: `Bearer ${plan.token}`, 'content-type': 'application/json' };
  const listed = await fetch(`${plan.verdantUrl}/api/v1/objectives`, { headers });
  if (!listed.ok) throw new Error(`GET objectives: ${listed.status} ${await listed.text()}`);
  const present = new Set(objectiveNames.parse(await listed.json()).objectives.map((objective) => objective.name));
  const appliedBefore = present.size === 0 ? [] : z.array(z.string()).catch([]).parse(readJsonFile(plan.stateFile));
  const missing = [...readObjectives(plan.folder)].filter(
    ([name]) => !present.has(name) && !appliedBefore.includes(name),
  );
  if (missing.length > 0) {
    const body: DefinitionFiles = { files: missing.map(([, file]) => file), prune: false };
    const applied = await fetch(`${plan.verdantUrl}/api/v1/definitions/apply`, {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
    });
    if (!applied.ok) throw new Error(`POST definitions: ${applied.status} ${await applied.text()}`);
  }
  const names = missing.map(([name]) => name);
  writeJsonFile(plan.stateFile, [...new Set([...appliedBefore, ...present, ...names])]);
  return names;
}
