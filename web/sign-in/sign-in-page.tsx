import { Button, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter, useSearch } from '@tanstack/react-router';
import { type FormEvent, useEffect, useState } from 'react';
import { toApiError } from '../api/api-error.ts';
import { change } from '../api/client.ts';
import { meQuery } from '../api/queries.ts';
import { Standalone } from '../app/standalone.tsx';
import { readSignInCode } from './sign-in-code.ts';
import styles from './sign-in-page.module.css';

function useSignIn() {
  const queries = useQueryClient();
  const router = useRouter();
  const { next = '/' } = useSearch({ from: '/sign-in' });
  return useMutation({
    mutationFn: (code: string) => change('POST', '/session', { code }),
    onSuccess: async () => {
      queries.removeQueries({ queryKey: meQuery.queryKey });
      await router.invalidate();
      router.history.replace(next);
    },
  });
}

/** Takes the code of a sign-in link out of the address, so that it stays in no history, and uses it once. */
function useCodeOfAddress(use: (code: string) => void): void {
  useEffect(() => {
    const take = () => {
      const { hash, pathname, search } = window.location;
      if (!hash.startsWith('#code=')) return;
      window.history.replaceState(null, '', pathname + search);
      const code = readSignInCode(hash);
      if (code !== undefined) use(code);
    };
    take();
    // Someone who pastes the link into the address of this very page does not load it anew.
    window.addEventListener('hashchange', take);
    return () => window.removeEventListener('hashchange', take);
  }, [use]);
}

/** Signs in with the one-time link that the command line makes; without one, says how to get it. */
export function SignInPage() {
  const { mutate, isPending, isSuccess, error } = useSignIn();
  const [text, setText] = useState('');
  useCodeOfAddress(mutate);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const code = readSignInCode(text);
    if (code !== undefined) mutate(code);
  };

  if (isPending || isSuccess) {
    return (
      <Standalone title="Signing you in">
        <p role="status">One moment.</p>
      </Standalone>
    );
  }
  const failure = error && toApiError(error);
  return (
    <Standalone title="Sign in">
      {failure && (
        <p role="alert" className={styles.failure}>
          <strong>{failure.message}</strong> {failure.fix}
        </p>
      )}
      <p>On the machine where Verdant runs, ask for a link. It works once and expires soon.</p>
      <pre className={styles.command}>npx verdant sign-in</pre>
      <p>Open the link it prints in this browser, or paste the link or its code here.</p>
      <form onSubmit={submit} className={styles.form}>
        <TextInput
          label="Link or code"
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          autoComplete="off"
          spellCheck={false}
          className={styles.field}
        />
        <Button type="submit" disabled={readSignInCode(text) === undefined}>
          Sign in
        </Button>
      </form>
    </Standalone>
  );
}
