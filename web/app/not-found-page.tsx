import { Link } from '@tanstack/react-router';
import { Notice } from '../kit/notice.tsx';
import { Standalone } from './standalone.tsx';

/** Shown for an address that leads nowhere. */
export function NotFoundPage() {
  return (
    <Standalone title="Page not found">
      <Notice title="Nothing grows here.">
        <p>There is no page at this address. It may have been mistyped, or the link is old.</p>
        <p>
          <Link to="/">Go to the board</Link>, or look at the <Link to="/services">services</Link>.
        </p>
      </Notice>
    </Standalone>
  );
}
