import { Link } from '@tanstack/react-router';
import type { ObjectiveDetail } from '../../src/contract/api/objectives.ts';
import { audienceWords } from '../board/group-rows.ts';
import { formatMoment } from '../format/time.ts';
import { windowLabel } from '../format/window.ts';
import { Panel } from '../kit/panel.tsx';
import { Term } from '../kit/term.tsx';
import styles from './about-panel.module.css';

/** Whom to ask, and what belongs to the objective. */
export function AboutPanel({ objective }: { objective: ObjectiveDetail }) {
  const tags = Object.entries(objective.tags);
  return (
    <Panel title="About">
      <dl className={styles.list}>
        <dt>Owner</dt>
        <dd>{objective.owner}</dd>
        <dt>Service</dt>
        <dd>
          <Link to="/services/$name" params={{ name: objective.service }}>
            {objective.service}
          </Link>
        </dd>
        <dt>Audience</dt>
        <dd>{audienceWords[objective.audience].title}</dd>
        <dt>
          <Term name="primaryWindow">Decides</Term>
        </dt>
        <dd>the last {windowLabel(objective.primaryWindow)}</dd>
        <dt>Name</dt>
        <dd>
          <code>{objective.name}</code>
        </dd>
        <dt>Changed</dt>
        <dd>{formatMoment(objective.updatedAt, Number.POSITIVE_INFINITY)}</dd>
        {tags.length > 0 && (
          <>
            <dt>Tags</dt>
            <dd className={styles.tags}>
              {tags.map(([key, value]) => (
                <Link key={key} to="/" search={{ tag: `${key}=${value}` }} className={styles.tag}>
                  {key}={value}
                </Link>
              ))}
            </dd>
          </>
        )}
      </dl>
    </Panel>
  );
}
