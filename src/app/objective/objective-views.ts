import type { ObjectiveDetail, ObjectiveSummary } from '../../contract/api/objectives.ts';
import { definitionToYaml } from '../../core/definitions/definition-to-yaml.ts';
import { indicatorText } from '../../core/sli/indicator-text.ts';
import { formatShare, shareToNumber } from '../../lib/share.ts';
import type { Backfill } from '../../store/catalog/tables/backfill.ts';
import type { KnownObjective } from './objective-book.ts';

const DONE = { state: 'done', progress: 1 } as const;

/** How far a history is computed; 1 when none is wanted. */
export function backfillView(backfill: Backfill | undefined): ObjectiveSummary['backfill'] {
  if (backfill === undefined || backfill.state === 'done') return DONE;
  const all = backfill.toMs - backfill.fromMs;
  const progress = all <= 0 ? 1 : (backfill.toMs - backfill.doneDownToMs) / all;
  return { state: backfill.state, progress: Math.min(1, Math.max(0, progress)) };
}

/** An objective as lists show it. */
export function summaryView({ stored, objective }: KnownObjective, backfill: Backfill | undefined): ObjectiveSummary {
  return {
    name: objective.name,
    title: objective.title,
    description: objective.description,
    owner: objective.owner,
    audience: objective.audience,
    tags: { ...objective.tags },
    indicator: objective.indicator,
    indicatorText: indicatorText(objective.indicator),
    service: objective.indicator.service,
    target: shareToNumber(objective.target),
    targetText: formatShare(objective.target),
    warning: objective.warning === undefined ? null : shareToNumber(objective.warning),
    warningText: objective.warning === undefined ? null : formatShare(objective.warning),
    windows: objective.windows.map(({ text }) => text),
    primaryWindow: objective.primaryWindow.text,
    indicatorVersion: stored.indicatorVersion,
    createdAt: new Date(stored.createdAt).toISOString(),
    updatedAt: new Date(stored.updatedAt).toISOString(),
    backfill: backfillView(backfill),
  };
}

/** An objective as its own page shows it. */
export function detailView(known: KnownObjective, backfill: Backfill | undefined): ObjectiveDetail {
  const { definition } = known.stored;
  return { ...summaryView(known, backfill), definition, definitionYaml: definitionToYaml(definition) };
}
