import { ActionIcon } from '@mantine/core';
import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { Link, Outlet, useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { change } from '../api/client.ts';
import { LiveFeed } from '../api/live.ts';
import { LiveContext } from '../api/live-context.ts';
import { meQuery } from '../api/queries.ts';
import { DemoFaults } from '../demo/demo-faults.tsx';
import { Mark, SignOutIcon } from '../kit/icons.tsx';
import { ColorSchemeSwitch } from './color-scheme-switch.tsx';
import { LiveIndicator } from './live-indicator.tsx';
import styles from './shell.module.css';

/** What stands around every page: where am I, how fresh are the numbers, who am I. */
export function Shell() {
  const queries = useQueryClient();
  const { data: me } = useSuspenseQuery(meQuery);
  const [feed] = useState(() => new LiveFeed(queries));
  useEffect(() => feed.start(), [feed]);

  return (
    <LiveContext value={feed}>
      <a className={styles.skip} href="#content">
        Skip to the content
      </a>
      <header className={styles.header}>
        <Link to="/" className={styles.brand}>
          <Mark />
          <span>Verdant</span>
        </Link>
        <nav aria-label="Main" className={styles.nav}>
          <Link to="/" activeOptions={{ exact: true, includeSearch: false }}>
            Board
          </Link>
          <Link to="/services">Services</Link>
        </nav>
        <div className={styles.tools}>
          <LiveIndicator />
          {me.demo && <DemoFaults mayChange={me.scopes.includes('demo:write')} />}
          <ColorSchemeSwitch />
          <SignOut name={me.name} />
        </div>
      </header>
      <main id="content" tabIndex={-1} className={styles.content}>
        <Outlet />
      </main>
      <footer className={styles.footer}>
        <span>Verdant {me.version}</span>
        <span>Times are in your time zone.</span>
      </footer>
    </LiveContext>
  );
}

function SignOut({ name }: { name: string }) {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const signOut = async () => {
    await change('DELETE', '/session').catch(() => undefined);
    queries.clear();
    await navigate({ to: '/sign-in' });
  };
  const label = `Sign out ${name}`;
  return (
    <ActionIcon variant="subtle" color="gray" size="lg" aria-label={label} title={label} onClick={() => void signOut()}>
      <SignOutIcon />
    </ActionIcon>
  );
}
