import { useQuery } from '@tanstack/react-query';
import { Link, useParams, useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { ObjectiveDetail } from '../../src/contract/api/objectives.ts';
import { useObservedWatermark } from '../api/live-context.ts';
import { objectiveQuery, statusQuery } from '../api/queries.ts';
import { sortWindows, windowMs } from '../format/window.ts';
import { Failure } from '../kit/notice.tsx';
import { usePageTitle } from '../kit/page-title.ts';
import { AboutPanel } from './about-panel.tsx';
import { BurnPanel } from './burn-panel.tsx';
import { DefinitionPanel } from './definition-panel.tsx';
import { EndpointsPanel } from './endpoints-panel.tsx';
import { ObjectiveHead } from './objective-head.tsx';
import styles from './objective-page.module.css';
import { SeriesPanel } from './series-panel.tsx';
import { VerdictPanel } from './verdict-panel.tsx';
import { WindowTabs } from './window-tabs.tsx';

/** Everything about one objective: how it stands, since when, and who spent its budget. */
export function ObjectivePage() {
  const { name } = useParams({ from: '/app/objectives/$name' });
  const { data: objective, error, refetch } = useQuery(objectiveQuery(name));
  usePageTitle(objective?.title ?? name);
  return (
    <>
      <nav aria-label="Breadcrumb" className={styles.crumbs}>
        <Link to="/">Board</Link>
      </nav>
      {objective !== undefined && <Objective objective={objective} />}
      {objective === undefined && (
        <div className={styles.waiting}>
          <h1>{name}</h1>
          {error ? <Failure error={error} retry={() => void refetch()} /> : <p role="status">Loading</p>}
        </div>
      )}
    </>
  );
}

function useWindows(objective: ObjectiveDetail) {
  const { window: asked } = useSearch({ from: '/app/objectives/$name' });
  return useMemo(() => {
    const known = new Map([objective.primaryWindow, ...objective.windows].map((window) => [windowMs(window), window]));
    const chosen = asked === undefined ? objective.primaryWindow : (known.get(windowMs(asked)) ?? asked);
    known.set(windowMs(chosen), chosen);
    return { chosen, windows: sortWindows([...known.values()]) };
  }, [objective, asked]);
}

function Objective({ objective }: { objective: ObjectiveDetail }) {
  const { chosen, windows } = useWindows(objective);
  const { data: status, error, refetch } = useQuery(statusQuery(objective.name, windows));
  useObservedWatermark(status?.watermark);
  const current = status?.windows.find((one) => one.window === chosen);
  return (
    <article>
      <ObjectiveHead objective={objective} />
      {error && <Failure error={error} retry={() => void refetch()} />}
      {status && <WindowTabs name={objective.name} statuses={status.windows} chosen={chosen} />}
      {current && <VerdictPanel status={current} objective={objective} />}
      <div className={styles.columns}>
        <div className={styles.main}>
          <SeriesPanel name={objective.name} window={chosen} warning={objective.warning} />
          <EndpointsPanel name={objective.name} window={chosen} service={objective.service} />
        </div>
        <div className={styles.side}>
          {current && <BurnPanel status={current} />}
          <AboutPanel objective={objective} />
          <DefinitionPanel yaml={objective.definitionYaml} />
        </div>
      </div>
    </article>
  );
}
