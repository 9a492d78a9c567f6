import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Fault } from '../../src/contract/api/demo.ts';
import { toApiError } from '../api/api-error.ts';
import { change } from '../api/client.ts';
import { faultsQuery } from '../api/queries.ts';
import { formatClock } from '../format/time.ts';
import { FlaskIcon } from '../kit/icons.tsx';
import styles from './demo-faults.module.css';

/** Breaks the demo bank on purpose, so that one can see how objectives react. Out of the way until it is opened. */
export function DemoFaults({ mayChange }: { mayChange: boolean }) {
  const [open, setOpen] = useState(false);
  const { data, error } = useQuery(faultsQuery);
  const active = data?.faults.filter((fault) => fault.active).length ?? 0;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape closes the panel from anywhere inside
    <div className={styles.corner} onKeyDown={(event) => event.key === 'Escape' && setOpen(false)}>
      <button
        type="button"
        className={styles.toggle}
        aria-expanded={open}
        aria-controls="demo-faults"
        data-active={active > 0 || undefined}
        onClick={() => setOpen(!open)}
      >
        <FlaskIcon />
        <span className={styles.label}>{active === 0 ? 'Demo faults' : `Demo faults: ${active} running`}</span>
      </button>
      {open && (
        <section id="demo-faults" aria-label="Demo faults" className={styles.panel}>
          <h2 className={styles.title}>Demo faults</h2>
          <p className={styles.lead}>
            Break the demo bank and watch the board. The shortest timeframe turns first, within a minute; the longest
            one moves slowly.
          </p>
          {error && <p role="alert">{toApiError(error).message}</p>}
          <ul className={styles.list}>
            {data?.faults.map((fault) => (
              <FaultItem key={fault.name} fault={fault} mayChange={mayChange} />
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}

function FaultItem({ fault, mayChange }: { fault: Fault; mayChange: boolean }) {
  const queries = useQueryClient();
  const toggle = useMutation({
    mutationFn: () => change(fault.active ? 'DELETE' : 'POST', `/demo/faults/${encodeURIComponent(fault.name)}`),
    onSettled: () => queries.invalidateQueries({ queryKey: faultsQuery.queryKey }),
  });
  return (
    <li className={styles.fault} data-active={fault.active || undefined}>
      <div className={styles.head}>
        <h3 className={styles.name}>{fault.title}</h3>
        <button
          type="button"
          className={styles.switch}
          disabled={!mayChange || toggle.isPending}
          aria-label={`${fault.active ? 'Stop' : 'Start'}: ${fault.title}`}
          onClick={() => toggle.mutate()}
        >
          {fault.active ? 'Stop' : 'Start'}
        </button>
      </div>
      <p className={styles.description}>{fault.description}</p>
      {fault.active && fault.since !== null && <p className={styles.since}>Running since {formatClock(fault.since)}</p>}
      {toggle.error && <p role="alert">{toApiError(toggle.error).message}</p>}
    </li>
  );
}
