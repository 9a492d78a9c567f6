import { TextInput } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { SearchIcon } from '../kit/icons.tsx';
import styles from './filter-field.module.css';

const PAUSE_MS = 120;

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

/** The text of the filter. `/` goes to it from anywhere, Escape empties and leaves it. */
export function FilterField({ value, onCommit }: { value: string; onCommit: (text: string) => void }) {
  const field = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(value);
  const committed = useRef(value);
  const commit = useRef(onCommit);
  commit.current = onCommit;

  // The address changed by other means: the back button, or "Clear filters".
  useEffect(() => {
    if (value !== committed.current) setText(value);
    committed.current = value;
  }, [value]);

  useEffect(() => {
    if (text === committed.current) return undefined;
    const timer = window.setTimeout(() => {
      committed.current = text;
      commit.current(text);
    }, PAUSE_MS);
    return () => window.clearTimeout(timer);
  }, [text]);

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      event.preventDefault();
      field.current?.focus();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);

  return (
    <TextInput
      ref={field}
      className={styles.field ?? ''}
      type="search"
      aria-label="Filter objectives"
      placeholder="Filter by name, service, owner, tag"
      leftSection={<SearchIcon />}
      rightSection={text === '' ? <kbd className={styles.key}>/</kbd> : null}
      rightSectionPointerEvents="none"
      autoComplete="off"
      spellCheck={false}
      value={text}
      onChange={(event) => setText(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        setText('');
        event.currentTarget.blur();
      }}
    />
  );
}
