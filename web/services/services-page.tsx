import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Service } from '../../src/contract/api/services.ts';
import { servicesQuery } from '../api/queries.ts';
import { formatCount, ratioOf } from '../format/number.ts';
import { formatAgo } from '../format/time.ts';
import table from '../kit/data-table.module.css';
import { Failure, Notice } from '../kit/notice.tsx';
import { usePageTitle } from '../kit/page-title.ts';
import { ShareBar } from '../kit/share-bar.tsx';
import { Term } from '../kit/term.tsx';
import styles from './services-page.module.css';
import { byFailures } from './worst-first.ts';

/** Every service that Verdant has seen, found from telemetry alone. */
export function ServicesPage() {
  usePageTitle('Services');
  const { data, error, refetch } = useQuery(servicesQuery);
  return (
    <>
      <h1>Services</h1>
      <p className={styles.lead}>Found by themselves from the traces that arrive. Numbers are of the last 24 h.</p>
      {error && <Failure error={error} retry={() => void refetch()} />}
      {!(data || error) && <p role="status">Loading the services</p>}
      {data?.services.length === 0 && <NoServices />}
      {data && data.services.length > 0 && <ServiceTable services={byFailures(data.services)} />}
    </>
  );
}

/** A share of failures that fills the bar, unless there is a larger one: a red bar must not shout about 0.01%. */
const FULL_BAR = 0.01;

function NoServices() {
  return (
    <Notice title="No service has sent anything yet">
      <p>
        Point the OpenTelemetry exporter of a service at <code>http://127.0.0.1:4318</code>. It appears here within
        seconds.
      </p>
    </Notice>
  );
}

function ServiceTable({ services }: { services: readonly Service[] }) {
  const now = Date.now();
  const most = Math.max(FULL_BAR, ...services.map((service) => ratioOf(service.failed, service.requests)));
  return (
    <div className={table.scroll}>
      <table className={table.table}>
        <thead>
          <tr>
            <th scope="col">Service</th>
            <th scope="col">
              <Term name="failed">Failed</Term>
            </th>
            <th scope="col" className={table.number}>
              Requests
            </th>
            <th scope="col" className={table.number}>
              Endpoints
            </th>
            <th scope="col" className={table.number}>
              Last seen
            </th>
          </tr>
        </thead>
        <tbody>
          {services.map((service) => (
            <tr key={`${service.namespace}/${service.name}`}>
              <th scope="row" className={table.name}>
                <Link to="/services/$name" params={{ name: service.name }}>
                  {service.name}
                </Link>
                {service.namespace !== '' && <span className={styles.namespace}> {service.namespace}</span>}
              </th>
              <td>
                <ShareBar share={ratioOf(service.failed, service.requests)} full={most} />
              </td>
              <td className={table.number}>{formatCount(service.requests)}</td>
              <td className={table.number}>{formatCount(service.endpoints)}</td>
              <td className={table.number}>{formatAgo(service.lastSeen, now)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
