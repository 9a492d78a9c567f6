import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { principalSchema } from '../../src/contract/api/access.ts';
import { faultListSchema } from '../../src/contract/api/demo.ts';
import {
  attributionSchema,
  boardSchema,
  objectiveDetailSchema,
  objectiveStatusSchema,
  seriesSchema,
} from '../../src/contract/api/objectives.ts';
import { endpointListSchema, serviceListSchema } from '../../src/contract/api/services.ts';
import { read } from './client.ts';

const SPARK_POINTS = 24;
const SERIES_POINTS = 120;
const SLOW_REFRESH_MS = 30_000;
/** Windows roll on even when nothing arrives, and no event tells that. */
const ROLL_MS = 60_000;

const segment = encodeURIComponent;

/** Who is signed in; fails with status 401 when nobody is. */
export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: ({ signal }) => read(principalSchema, '/me', signal),
  staleTime: 5 * 60_000,
});

/** All objectives over some windows. Large with thousands of objectives: never compared deeply, kept while reloading. */
export const boardQuery = (windows: readonly string[]) =>
  queryOptions({
    queryKey: ['board', windows.join(',')],
    queryFn: ({ signal }) => read(boardSchema, `/board?windows=${windows.join(',')}&spark=${SPARK_POINTS}`, signal),
    placeholderData: keepPreviousData,
    refetchInterval: ROLL_MS,
    structuralSharing: false,
    gcTime: 60_000,
  });

export const objectiveQuery = (name: string) =>
  queryOptions({
    queryKey: ['objective', name, 'detail'],
    queryFn: ({ signal }) => read(objectiveDetailSchema, `/objectives/${segment(name)}`, signal),
  });

export const statusQuery = (name: string, windows: readonly string[]) =>
  queryOptions({
    queryKey: ['objective', name, 'status', windows.join(',')],
    queryFn: ({ signal }) =>
      read(
        objectiveStatusSchema,
        `/objectives/${segment(name)}/status?windows=${windows.join(',')}&spark=${SPARK_POINTS}`,
        signal,
      ),
    placeholderData: keepPreviousData,
    refetchInterval: ROLL_MS,
  });

export const seriesQuery = (name: string, window: string) =>
  queryOptions({
    queryKey: ['objective', name, 'series', window],
    queryFn: ({ signal }) =>
      read(seriesSchema, `/objectives/${segment(name)}/series?window=${window}&points=${SERIES_POINTS}`, signal),
    placeholderData: keepPreviousData,
    refetchInterval: ROLL_MS,
  });

export const attributionQuery = (name: string, window: string) =>
  queryOptions({
    queryKey: ['objective', name, 'endpoints', window],
    queryFn: ({ signal }) => read(attributionSchema, `/objectives/${segment(name)}/endpoints?window=${window}`, signal),
    placeholderData: keepPreviousData,
    refetchInterval: ROLL_MS,
  });

export const servicesQuery = queryOptions({
  queryKey: ['services'],
  queryFn: ({ signal }) => read(serviceListSchema, '/services', signal),
  refetchInterval: SLOW_REFRESH_MS,
});

export const endpointsQuery = (service: string) =>
  queryOptions({
    queryKey: ['services', service],
    queryFn: ({ signal }) => read(endpointListSchema, `/services/${segment(service)}/endpoints`, signal),
    refetchInterval: SLOW_REFRESH_MS,
  });

/** Faults of the demo bank; only where `me.demo` is true. */
export const faultsQuery = queryOptions({
  queryKey: ['faults'],
  queryFn: ({ signal }) => read(faultListSchema, '/demo/faults', signal),
  refetchInterval: SLOW_REFRESH_MS,
});
