import { describe, expect, test } from 'vitest';
import { describeOnBothCatalogs } from '../../../../test/factories/catalogs.ts';
import { objectiveDefinition } from '../../../../test/factories/objective-definition.ts';
import { inTransaction } from '../in-transaction.ts';
import { ObjectiveSnapshot } from '../objective-snapshot.ts';
import { insertAuditEntry, latestAuditEntries } from './audit-entry.ts';
import {
  backfillsOf,
  deleteBackfills,
  enqueueBackfills,
  nextBackfills,
  openBackfills,
  recordBackfillProgress,
} from './backfill.ts';
import { readCursor, writeCursor } from './cursor.ts';
import { indicatorVersionsOf, insertIndicatorVersions } from './indicator-version.ts';
import {
  deleteObjectives,
  findObjective,
  insertObjectives,
  listObjectives,
  objectiveRevision,
  updateObjectives,
} from './objective.ts';

const NOW = 1_700_000_000_000;
const names = (objectives: readonly { name: string }[]) => objectives.map((objective) => objective.name);

describeOnBothCatalogs('tables', (catalogs) => {
  const start = async (...objectives: string[]) => {
    const catalog = await catalogs.open();
    const stored = await insertObjectives(
      catalog.db,
      objectives.map((name) => objectiveDefinition(name)),
      NOW,
    );
    return { catalog, db: catalog.db, ids: stored.map((objective) => objective.id) };
  };

  describe('objectives', () => {
    test('they come back as they were stored, by name, with exact times', async () => {
      const { db } = await start();
      const stored = await insertObjectives(db, [objectiveDefinition('b'), objectiveDefinition('a', '99.95%')], NOW);
      expect(names(stored)).toEqual(['b', 'a']);
      const listed = await listObjectives(db);
      expect(names(listed)).toEqual(['a', 'b']);
      expect(listed).toEqual([...stored].reverse());
      expect(await findObjective(db, 'a')).toEqual({
        id: stored[1]?.id,
        name: 'a',
        definition: objectiveDefinition('a', '99.95%'),
        indicatorVersion: 1,
        createdAt: NOW,
        updatedAt: NOW,
      });
      expect(await findObjective(db, 'c')).toBeUndefined();
    });

    test('a name is taken once, and the attempt leaves nothing behind', async () => {
      const { catalog, db } = await start('a');
      const again = inTransaction(catalog, (tx) =>
        insertObjectives(tx, [objectiveDefinition('b'), objectiveDefinition('a')], NOW),
      );
      await expect(again).rejects.toMatchObject({
        code: 'conflict',
        message: 'There is an objective with the name "a" already.',
      });
      expect(names(await listObjectives(db))).toEqual(['a']);
    });

    test('a change keeps id and creation, and the other objectives', async () => {
      const { db, ids } = await start('a', 'b');
      const [id = 0] = ids;
      await updateObjectives(db, [{ id, definition: objectiveDefinition('a', '99%'), indicatorVersion: 2 }], NOW + 5);
      expect(await findObjective(db, 'a')).toMatchObject({
        id,
        definition: { spec: { target: '99%' } },
        indicatorVersion: 2,
        createdAt: NOW,
        updatedAt: NOW + 5,
      });
      expect(await findObjective(db, 'b')).toMatchObject({ definition: { spec: { target: '99.9%' } }, updatedAt: NOW });
    });

    test('ids are never reused, and deleting takes versions and backfills along', async () => {
      const { db, ids } = await start('a', 'b');
      const [id = 0] = ids;
      const { indicator } = objectiveDefinition('a').spec;
      await insertIndicatorVersions(db, [{ objectiveId: id, version: 1, indicator }], NOW);
      await enqueueBackfills(db, [{ objectiveId: id, version: 1, fromMs: 0, toMs: NOW }], NOW);
      await deleteObjectives(db, ids);
      expect(await listObjectives(db)).toEqual([]);
      expect(await indicatorVersionsOf(db, id)).toEqual([]);
      expect(await backfillsOf(db, id)).toEqual([]);
      const [again] = await insertObjectives(db, [objectiveDefinition('a')], NOW);
      expect(ids).not.toContain(again?.id);
    });

    test('the revision grows with each write and with nothing else', async () => {
      const { db, ids } = await start('a');
      const [id = 0] = ids;
      const revision = await objectiveRevision(db);
      await insertObjectives(db, [], NOW);
      await updateObjectives(db, [], NOW);
      await deleteObjectives(db, []);
      await listObjectives(db);
      expect(await objectiveRevision(db)).toBe(revision);
      await updateObjectives(db, [{ id, definition: objectiveDefinition('a'), indicatorVersion: 1 }], NOW);
      await deleteObjectives(db, [id]);
      expect(await objectiveRevision(db)).toBe(revision + 2);
    });

    test('thousands are written and read at once', async () => {
      const { catalog, db } = await start();
      const many = Array.from({ length: 2500 }, (_, i) => objectiveDefinition(`o-${i}`));
      const stored = await inTransaction(catalog, (tx) => insertObjectives(tx, many, NOW));
      const changed = stored.map(({ id, name }) => ({
        id,
        definition: objectiveDefinition(name, '99%'),
        indicatorVersion: 1,
      }));
      await inTransaction(catalog, (tx) => updateObjectives(tx, changed, NOW + 1));
      const listed = await listObjectives(db);
      expect(listed).toHaveLength(2500);
      expect(new Set(listed.map((objective) => objective.definition.spec.target))).toEqual(new Set(['99%']));
      await deleteObjectives(
        db,
        stored.map((objective) => objective.id),
      );
      expect(await listObjectives(db)).toEqual([]);
    });

    test('a stored definition that cannot be read is named', async () => {
      const { db } = await start('a');
      await db
        .updateTable('objective')
        .set({ definition: JSON.stringify({ kind: 'Objective' }) })
        .execute();
      await expect(listObjectives(db)).rejects.toMatchObject({
        code: 'data-directory-corrupt',
        message: 'The stored definition of objective "a" cannot be read.',
      });
    });
  });

  describe('the snapshot of all objectives', () => {
    test('it follows creations, changes, renames and deletions', async () => {
      const { catalog, db, ids } = await start('a', 'b', 'd');
      const [a = 0, b = 0] = ids;
      const snapshot = new ObjectiveSnapshot(catalog);
      expect(names(await snapshot.read())).toEqual(['a', 'b', 'd']);
      await insertObjectives(db, [objectiveDefinition('c')], NOW);
      expect(names(await snapshot.read())).toEqual(['a', 'b', 'c', 'd']);
      await updateObjectives(db, [{ id: b, definition: objectiveDefinition('e', '90%'), indicatorVersion: 1 }], NOW);
      await deleteObjectives(db, [a]);
      const read = await snapshot.read();
      expect(names(read)).toEqual(['c', 'd', 'e']);
      expect(read).toEqual(await listObjectives(db));
    });

    test('it is the same array as long as nothing changed', async () => {
      const { catalog, db } = await start('a');
      const snapshot = new ObjectiveSnapshot(catalog);
      const [first, second] = await Promise.all([snapshot.read(), snapshot.read()]);
      expect(second).toBe(first);
      await writeCursor(db, 'x', '1');
      expect(await snapshot.read()).toBe(first);
      await insertObjectives(db, [objectiveDefinition('b')], NOW);
      expect(await snapshot.read()).not.toBe(first);
    });

    test('it is empty where there are none, and when the last one went', async () => {
      const { catalog, db } = await start();
      const snapshot = new ObjectiveSnapshot(catalog);
      expect(await snapshot.read()).toEqual([]);
      const [objective] = await insertObjectives(db, [objectiveDefinition('a')], NOW);
      expect(await snapshot.read()).toHaveLength(1);
      await deleteObjectives(db, [objective?.id ?? 0]);
      expect(await snapshot.read()).toEqual([]);
    });

    test('a change that is not committed is not seen', async () => {
      const { catalog } = await start('a');
      const snapshot = new ObjectiveSnapshot(catalog);
      const failing = inTransaction(catalog, async (tx) => {
        await insertObjectives(tx, [objectiveDefinition('b')], NOW);
        throw new Error('no');
      });
      await expect(failing).rejects.toThrow('no');
      expect(names(await snapshot.read())).toEqual(['a']);
    });
  });

  test('indicator versions are kept in their order', async () => {
    const { db, ids } = await start('a');
    const [objectiveId = 0] = ids;
    const { indicator } = objectiveDefinition('a').spec;
    await insertIndicatorVersions(db, [{ objectiveId, version: 1, indicator }], NOW);
    const changed = { kind: 'request-latency', service: 's', threshold: '300ms', failedRequests: 'exclude' } as const;
    await insertIndicatorVersions(db, [{ objectiveId, version: 2, indicator: changed }], NOW + 1);
    expect(await indicatorVersionsOf(db, objectiveId)).toEqual([
      { objectiveId, version: 1, indicator, createdAt: NOW },
      { objectiveId, version: 2, indicator: changed, createdAt: NOW + 1 },
    ]);
    await expect(insertIndicatorVersions(db, [{ objectiveId, version: 2, indicator }], NOW)).rejects.toThrow();
  });

  describe('backfills', () => {
    test('they go from the newest minute to the oldest, and never back', async () => {
      const { db, ids } = await start('a');
      const [objectiveId = 0] = ids;
      const key = { objectiveId, version: 1 };
      await enqueueBackfills(db, [{ ...key, fromMs: 1000, toMs: 9000 }], NOW);
      const waiting = { ...key, fromMs: 1000, toMs: 9000, doneDownToMs: 9000, state: 'waiting' };
      expect(await nextBackfills(db, 5)).toEqual([waiting]);
      expect(await recordBackfillProgress(db, key, 5000)).toEqual({ ...waiting, doneDownToMs: 5000, state: 'running' });
      expect(await recordBackfillProgress(db, key, 7000)).toEqual({ ...waiting, doneDownToMs: 5000, state: 'running' });
      expect(await recordBackfillProgress(db, key, 0)).toEqual({ ...waiting, doneDownToMs: 1000, state: 'done' });
      expect(await nextBackfills(db, 5)).toEqual([]);
      expect(await openBackfills(db)).toEqual([]);
      expect(await backfillsOf(db, objectiveId)).toHaveLength(1);
      expect(await recordBackfillProgress(db, { objectiveId, version: 9 }, 0)).toBeUndefined();
    });

    test('those that run come first, then those that wait longest', async () => {
      const { db, ids } = await start('a', 'b', 'c');
      const [a = 0, b = 0, c = 0] = ids;
      const span = { version: 1, fromMs: 0, toMs: 9000 };
      await enqueueBackfills(db, [{ objectiveId: b, ...span }], NOW);
      await enqueueBackfills(db, [{ objectiveId: a, ...span }], NOW + 1);
      await enqueueBackfills(db, [{ objectiveId: c, ...span }], NOW + 2);
      await recordBackfillProgress(db, { objectiveId: c, version: 1 }, 8000);
      const order = (await nextBackfills(db, 3)).map((backfill) => backfill.objectiveId);
      expect(order).toEqual([c, b, a]);
      expect(await nextBackfills(db, 1)).toHaveLength(1);
    });

    test('enqueued again it starts anew; an empty span is done at once; deleted it is gone', async () => {
      const { db, ids } = await start('a');
      const [objectiveId = 0] = ids;
      const key = { objectiveId, version: 1 };
      await enqueueBackfills(db, [{ ...key, fromMs: 0, toMs: 9000 }], NOW);
      await recordBackfillProgress(db, key, 0);
      await enqueueBackfills(db, [{ ...key, fromMs: 0, toMs: 12_000 }], NOW);
      expect(await nextBackfills(db, 1)).toMatchObject([{ state: 'waiting', doneDownToMs: 12_000 }]);
      await enqueueBackfills(db, [{ objectiveId, version: 2, fromMs: 5, toMs: 5 }], NOW);
      expect((await backfillsOf(db, objectiveId)).map(({ version, state }) => [version, state])).toEqual([
        [2, 'done'],
        [1, 'waiting'],
      ]);
      await deleteBackfills(db, objectiveId);
      expect(await backfillsOf(db, objectiveId)).toEqual([]);
    });
  });

  test('a cursor is where it was left', async () => {
    const { db } = await start();
    expect(await readCursor(db, 'evaluate')).toBeUndefined();
    await writeCursor(db, 'evaluate', '1');
    await writeCursor(db, 'evaluate', '2');
    expect(await readCursor(db, 'evaluate')).toBe('2');
  });

  test('audit entries come newest first, with their detail', async () => {
    const { db } = await start();
    const entry = { at: NOW, actor: 'token/ci', verb: 'apply', subject: 'objective/a', detail: { fields: ['target'] } };
    await insertAuditEntry(db, entry);
    await insertAuditEntry(db, { ...entry, subject: 'objective/b', detail: {} });
    expect(await latestAuditEntries(db, 1)).toEqual([{ ...entry, subject: 'objective/b', detail: {} }]);
    expect(await latestAuditEntries(db, 10)).toHaveLength(2);
    expect((await latestAuditEntries(db, 10))[1]).toEqual(entry);
  });
});
