import type { QueryClient } from '@tanstack/react-query';
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router';
import { toApiError } from '../api/api-error.ts';
import { meQuery } from '../api/queries.ts';
import { BoardPage } from '../board/board-page.tsx';
import { boardSearchSchema } from '../board/board-search.ts';
import { objectiveSearchSchema } from '../objective/objective-search.ts';
import { SignInPage } from '../sign-in/sign-in-page.tsx';
import { signInSearchSchema } from '../sign-in/sign-in-search.ts';
import { ErrorPage } from './error-page.tsx';
import { NotFoundPage } from './not-found-page.tsx';
import { readSearch, writeSearch } from './search-params.ts';
import { Shell } from './shell.tsx';

const rootRoute = createRootRouteWithContext<{ queries: QueryClient }>()({
  component: Outlet,
  errorComponent: ErrorPage,
  notFoundComponent: NotFoundPage,
});

/** All pages that need someone who is signed in. */
const appRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'app',
  component: Shell,
  errorComponent: ErrorPage,
  beforeLoad: async ({ context, location }) => {
    const me = await context.queries.ensureQueryData(meQuery).catch((error: unknown) => toApiError(error));
    if (!(me instanceof Error)) return;
    if (me.status !== 401) throw me;
    throw redirect({ to: '/sign-in', search: location.href === '/' ? {} : { next: location.href } });
  },
});

const boardRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/',
  validateSearch: boardSearchSchema,
  component: BoardPage,
});

const objectiveRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/objectives/$name',
  validateSearch: objectiveSearchSchema,
  component: lazyRouteComponent(() => import('../objective/objective-page.tsx'), 'ObjectivePage'),
});

const servicesRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/services',
  component: lazyRouteComponent(() => import('../services/services-page.tsx'), 'ServicesPage'),
});

const serviceRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/services/$name',
  component: lazyRouteComponent(() => import('../services/service-page.tsx'), 'ServicePage'),
});

const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sign-in',
  validateSearch: signInSearchSchema,
  component: SignInPage,
});

const routeTree = rootRoute.addChildren([
  appRoute.addChildren([boardRoute, objectiveRoute, servicesRoute, serviceRoute]),
  signInRoute,
]);

/** The pages and their addresses. */
export function createAppRouter(queries: QueryClient) {
  return createRouter({
    routeTree,
    context: { queries },
    parseSearch: readSearch,
    stringifySearch: writeSearch,
    defaultPreload: 'intent',
    defaultPreloadStaleTime: 0,
    scrollRestoration: true,
    defaultErrorComponent: ErrorPage,
    defaultNotFoundComponent: NotFoundPage,
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
}
