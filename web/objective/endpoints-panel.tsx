import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Attribution } from '../../src/contract/api/objectives.ts';
import { attributionQuery } from '../api/queries.ts';
import { formatCount, formatPercent } from '../format/number.ts';
import { windowLabel } from '../format/window.ts';
import table from '../kit/data-table.module.css';
import { Failure } from '../kit/notice.tsx';
import { Panel } from '../kit/panel.tsx';
import { ShareBar } from '../kit/share-bar.tsx';
import { Term } from '../kit/term.tsx';

interface EndpointsPanelProps {
  readonly name: string;
  readonly window: string;
  readonly service: string;
}

/** Where to look: the endpoints that spent the budget, most spent first. */
export function EndpointsPanel({ name, window, service }: EndpointsPanelProps) {
  const { data, error, refetch } = useQuery(attributionQuery(name, window));
  const note = (
    <Link to="/services/$name" params={{ name: service }}>
      All endpoints of {service}
    </Link>
  );
  return (
    <Panel title={`What spent the budget in the last ${windowLabel(window)}`} note={note}>
      {error && <Failure error={error} retry={() => void refetch()} />}
      {!(data || error) && <p role="status">Loading the endpoints</p>}
      {data && <Endpoints attribution={data} />}
    </Panel>
  );
}

function Endpoints({ attribution }: { attribution: Attribution }) {
  if (attribution.endpoints.length === 0) return <p>No requests in this timeframe.</p>;
  if (attribution.endpoints.every((one) => Number(one.bad) === 0)) return <p>Nothing: every request was good.</p>;
  return (
    <div className={table.scroll}>
      <table className={table.table}>
        <thead>
          <tr>
            <th scope="col">Endpoint</th>
            <th scope="col">Share of all bad requests</th>
            <th scope="col" className={table.number}>
              Bad
            </th>
            <th scope="col" className={table.number}>
              <Term name="valid">Counted</Term>
            </th>
            <th scope="col" className={table.number}>
              <Term name="sli">Good share</Term>
            </th>
          </tr>
        </thead>
        <tbody>
          {attribution.endpoints.map((one) => (
            <tr key={one.endpoint}>
              <th scope="row" className={table.name}>
                {one.endpoint}
              </th>
              <td>
                <ShareBar share={one.share} />
              </td>
              <td className={table.number}>{formatCount(one.bad)}</td>
              <td className={table.number}>{formatCount(one.valid)}</td>
              <td className={table.number}>{one.sli === null ? '–' : formatPercent(one.sli)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
