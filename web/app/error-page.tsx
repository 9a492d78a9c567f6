import type { ErrorComponentProps } from '@tanstack/react-router';
import { Failure } from '../kit/notice.tsx';
import { Standalone } from './standalone.tsx';

/** Shown in place of a page that failed; trying again loads it anew. */
export function ErrorPage({ error, reset }: ErrorComponentProps) {
  const retry = () => {
    reset();
    window.location.reload();
  };
  return (
    <Standalone title="Something went wrong">
      <Failure error={error} retry={retry} />
    </Standalone>
  );
}
