import { QueryCache, QueryClient } from '@tanstack/react-query';
import { toApiError } from '../api/api-error.ts';
import { meQuery } from '../api/queries.ts';

const RETRIES = 2;

/**
 * The cache of answers. Only what may pass by itself (no answer, 5xx, 429) is tried again.
 * @param onSignedOut called when any answer says that nobody is signed in any more
 */
export function createQueries(onSignedOut: () => void): QueryClient {
  const queries: QueryClient = new QueryClient({
    queryCache: new QueryCache({
      onError: (error, query) => {
        if (toApiError(error).status !== 401 || query.queryKey[0] === 'me') return;
        queries.removeQueries({ queryKey: meQuery.queryKey });
        onSignedOut();
      },
    }),
    defaultOptions: {
      queries: {
        staleTime: 5_000,
        retry: (count, error) => {
          const { status } = toApiError(error);
          return count < RETRIES && (status === 0 || status === 429 || status >= 500);
        },
      },
    },
  });
  return queries;
}
