import { expect, it } from 'vitest';
import { objectiveDefinition } from '../../../test/factories/objective-definition.ts';
import { describeOnBothStacks } from '../../../test/factories/verdant-context.ts';
import type { DefinitionFiles } from '../../contract/api/definitions.ts';
import { allScopes, type Scope } from '../../contract/scopes.ts';
import { definitionToYaml } from '../../core/definitions/definition-to-yaml.ts';
import { latestAuditEntries } from '../../store/catalog/tables/audit-entry.ts';
import { readServices } from '../service/list-services.ts';
import type { ActingContext } from '../verdant-context.ts';
import { applyDefinitions } from './apply-definitions.ts';
import { deleteObjective } from './delete-objective.ts';
import { planDefinitions } from './plan-definitions.ts';
import { readBoard } from './read-board.ts';
import { listObjectives } from './read-objectives.ts';
import { validateDefinitions } from './validate-definitions.ts';

const files = (names: readonly string[], { target = '99.9%', prune = false } = {}): DefinitionFiles => ({
  files: names.map((name) => ({ path: `${name}.yaml`, text: definitionToYaml(objectiveDefinition(name, target)) })),
  prune,
});

const without = (ctx: ActingContext, scope: Scope): ActingContext => ({
  ...ctx,
  actor: { kind: 'token', name: 'weak', scopes: allScopes.filter((other) => other !== scope) },
});

const namesOf = async (ctx: ActingContext): Promise<string[]> =>
  (await listObjectives(ctx)).map(({ name, targetText }) => `${name} ${targetText}`);

describeOnBothStacks('definitions', (stores) => {
  it('are applied all or none: one mistake in one file changes nothing', async () => {
    const ctx = await stores().start();
    await applyDefinitions(ctx, files(['a', 'b']));
    const input = files(['a', 'c'], { target: '90%' });
    const wrong = { ...input, files: [...input.files, { path: 'wrong.yaml', text: 'kind: Nothing\n' }] };
    await expect(applyDefinitions(ctx, wrong)).rejects.toMatchObject({ code: 'definitions-invalid' });
    expect(await namesOf(ctx)).toEqual(['a 99.9%', 'b 99.9%']);
  });

  it('are applied all or none also when the catalog fails in the midst', async () => {
    const { start, catalog } = stores();
    const ctx = await start();
    await applyDefinitions(ctx, files(['a', 'b']));
    // The last thing that is written: without it nothing before it may stay.
    await catalog.db.schema.alterTable('audit_entry').renameTo('audit_gone').execute();
    await expect(applyDefinitions(ctx, files(['b', 'c'], { target: '90%', prune: true }))).rejects.toThrow();
    await catalog.db.schema.alterTable('audit_gone').renameTo('audit_entry').execute();
    expect(await namesOf(ctx)).toEqual(['a 99.9%', 'b 99.9%']);
    await applyDefinitions(ctx, files(['b', 'c'], { target: '90%', prune: true }));
    expect(await namesOf(ctx)).toEqual(['b 90%', 'c 90%']);
  });

  it('do what the plan said, and then the plan says that there is nothing to do', async () => {
    const ctx = await stores().start();
    await applyDefinitions(ctx, files(['a', 'b', 'd']));
    const input = files(['b', 'c', 'd'], { prune: true });
    const planned = await planDefinitions(ctx, input);
    expect(planned.map(({ name, action }) => `${action} ${name}`)).toEqual([
      'delete a',
      'unchanged b',
      'create c',
      'unchanged d',
    ]);
    expect(await namesOf(ctx)).toHaveLength(3);
    expect(await applyDefinitions(ctx, input)).toEqual(planned);
    expect((await planDefinitions(ctx, input)).every(({ action }) => action === 'unchanged')).toBe(true);
  });

  it('that are applied by many at the same moment are applied one after the other', async () => {
    const ctx = await stores().start();
    const changes = await Promise.all(Array.from({ length: 6 }, () => applyDefinitions(ctx, files(['a', 'b', 'c']))));
    const actions = changes.map((list) => list.map(({ action }) => action).join(' ')).sort();
    expect(actions).toEqual([
      'create create create',
      ...Array.from({ length: 5 }, () => 'unchanged unchanged unchanged'),
    ]);
    expect(await namesOf(ctx)).toHaveLength(3);
  });

  it('leave a trace of who changed what', async () => {
    const { start, catalog } = stores();
    const ctx = await start();
    await applyDefinitions(ctx, files(['a', 'b']));
    await applyDefinitions(ctx, files(['a', 'b'], { target: '90%' }));
    await applyDefinitions(ctx, files(['a'], { target: '90%', prune: true }));
    await deleteObjective(ctx, 'a');
    const entries = (await latestAuditEntries(catalog.db, 20)).map(({ actor, verb, subject }) => [
      actor,
      verb,
      subject,
    ]);
    expect(entries.reverse()).toEqual([
      ['system/verdant', 'createObjective', 'objective/a'],
      ['system/verdant', 'createObjective', 'objective/b'],
      ['system/verdant', 'updateObjective', 'objective/a'],
      ['system/verdant', 'updateObjective', 'objective/b'],
      ['system/verdant', 'deleteObjective', 'objective/b'],
      ['system/verdant', 'deleteObjective', 'objective/a'],
    ]);
  });

  it('are read and changed only by those who may, whichever way they come', async () => {
    const ctx = await stores().start();
    const input = files(['a']);
    const reading = without(ctx, 'objectives:read');
    const writing = without(ctx, 'objectives:write');
    const attempts = [
      () => applyDefinitions(writing, input),
      () => deleteObjective(writing, 'a'),
      () => planDefinitions(reading, input),
      () => validateDefinitions(reading, input),
      () => listObjectives(reading),
      () => readBoard(reading, { spark: 0 }),
      () => readServices(reading),
    ];
    for (const attempt of attempts)
      await expect(attempt(), String(attempt)).rejects.toMatchObject({ code: 'forbidden' });
    expect(await namesOf(ctx)).toEqual([]);
  });
});
