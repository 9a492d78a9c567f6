import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import type { Endpoint } from '../../src/contract/api/services.ts';
import { endpointsQuery } from '../api/queries.ts';
import { formatCount, formatLatency, ratioOf } from '../format/number.ts';
import { formatAgo } from '../format/time.ts';
import table from '../kit/data-table.module.css';
import { Failure } from '../kit/notice.tsx';
import { usePageTitle } from '../kit/page-title.ts';
import { ShareBar } from '../kit/share-bar.tsx';
import { Term } from '../kit/term.tsx';
import styles from './services-page.module.css';
import { byFailures } from './worst-first.ts';

/** The endpoints of one service: how busy, how broken, how slow. */
export function ServicePage() {
  const { name } = useParams({ from: '/app/services/$name' });
  usePageTitle(name);
  const { data, error, refetch } = useQuery(endpointsQuery(name));
  return (
    <>
      <nav aria-label="Breadcrumb" className={styles.crumbs}>
        <Link to="/services">Services</Link>
      </nav>
      <h1 className={styles.title}>{name}</h1>
      <p className={styles.lead}>
        Numbers are of the last 24 h, most failures first.{' '}
        <Link to="/" search={{ q: name }}>
          Objectives of this service
        </Link>
      </p>
      {error && <Failure error={error} retry={() => void refetch()} />}
      {!(data || error) && <p role="status">Loading the endpoints</p>}
      {data?.endpoints.length === 0 && <p>This service has not answered any request yet.</p>}
      {data && data.endpoints.length > 0 && <EndpointTable endpoints={byFailures(data.endpoints)} />}
    </>
  );
}

/** A share of failures that fills the bar, unless there is a larger one: a red bar must not shout about 0.01%. */
const FULL_BAR = 0.01;

function EndpointTable({ endpoints }: { endpoints: readonly Endpoint[] }) {
  const now = Date.now();
  const most = Math.max(FULL_BAR, ...endpoints.map((one) => ratioOf(one.failed, one.requests)));
  return (
    <div className={table.scroll}>
      <table className={table.table}>
        <thead>
          <tr>
            <th scope="col">Endpoint</th>
            <th scope="col">
              <Term name="failed">Failed</Term>
            </th>
            <th scope="col" className={table.number}>
              Requests
            </th>
            {(['p50', 'p95', 'p99'] as const).map((percentile) => (
              <th key={percentile} scope="col" className={table.number}>
                <Term name="percentile">{percentile}</Term>
              </th>
            ))}
            <th scope="col" className={table.number}>
              Last seen
            </th>
          </tr>
        </thead>
        <tbody>
          {endpoints.map((one) => (
            <tr key={one.endpoint}>
              <th scope="row" className={table.name}>
                {one.endpoint}
              </th>
              <td>
                <ShareBar share={ratioOf(one.failed, one.requests)} full={most} />
              </td>
              <td className={table.number}>{formatCount(one.requests)}</td>
              <td className={table.number}>{formatLatency(one.p50Ms)}</td>
              <td className={table.number}>{formatLatency(one.p95Ms)}</td>
              <td className={table.number}>{formatLatency(one.p99Ms)}</td>
              <td className={table.number}>{formatAgo(one.lastSeen, now)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
