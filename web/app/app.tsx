import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { useState } from 'react';
import { createQueries } from './query-client.ts';
import { createAppRouter } from './router.tsx';
import { colorSchemeManager, theme } from './theme.ts';

/** The whole application: colours, the cache of answers, the pages. */
export function App() {
  const [{ queries, router }] = useState(() => {
    const queries = createQueries(() => void router.invalidate());
    const router = createAppRouter(queries);
    return { queries, router };
  });
  return (
    <MantineProvider theme={theme} defaultColorScheme="auto" colorSchemeManager={colorSchemeManager}>
      <QueryClientProvider client={queries}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>
  );
}
