import { NativeSelect } from '@mantine/core';
import { type ReactNode, useMemo, useState } from 'react';
import type { BoardRow } from '../../src/contract/api/objectives.ts';
import { audiences } from '../../src/contract/definitions/objective.ts';
import styles from './board-filters.module.css';
import { type BoardSearch, boardSearchSchema } from './board-search.ts';
import { FilterField } from './filter-field.tsx';
import { isFiltered, tagText } from './filter-rows.ts';
import { audienceWords } from './group-rows.ts';

interface BoardFiltersProps {
  readonly rows: readonly BoardRow[];
  readonly search: BoardSearch;
  readonly onChange: (part: BoardSearch) => void;
}

const distinct = (values: Iterable<string>): string[] => [...new Set(values)].toSorted();

function useChoices(rows: readonly BoardRow[]) {
  return useMemo(
    () => ({
      owners: distinct(rows.map((row) => row.owner)),
      tags: distinct(rows.flatMap((row) => Object.entries(row.tags).map(([key, value]) => tagText(key, value)))),
    }),
    [rows],
  );
}

/** Finds, narrows and orders what the board shows. */
export function BoardFilters({ rows, search, onChange }: BoardFiltersProps) {
  const { owners, tags } = useChoices(rows);
  const [open, setOpen] = useState(false);
  const group = (value: string) => onChange({ group: boardSearchSchema.shape.group.parse(value || undefined) });
  return (
    <search className={styles.filters} data-open={open || undefined}>
      <FilterField value={search.q ?? ''} onCommit={(q) => onChange({ q: q || undefined })} />
      <button type="button" className={styles.more} aria-expanded={open} onClick={() => setOpen(!open)}>
        Filters and order
      </button>
      <Choice label="Audience" value={search.audience} onChange={(audience) => onChange({ audience })}>
        {audiences.map((audience) => (
          <option key={audience} value={audience}>
            {audienceWords[audience].title}
          </option>
        ))}
      </Choice>
      <Choice label="Owner" value={search.owner} onChange={(owner) => onChange({ owner })}>
        {owners.map((owner) => (
          <option key={owner}>{owner}</option>
        ))}
      </Choice>
      {tags.length > 0 && (
        <Choice label="Tag" value={search.tag} onChange={(tag) => onChange({ tag })}>
          {tags.map((tag) => (
            <option key={tag}>{tag}</option>
          ))}
        </Choice>
      )}
      {isFiltered(search) && (
        <button
          type="button"
          className={styles.clear}
          onClick={() =>
            onChange({ q: undefined, audience: undefined, owner: undefined, tag: undefined, state: undefined })
          }
        >
          Clear filters
        </button>
      )}
      <span className={styles.gap} />
      <NativeSelect
        aria-label="Group by"
        value={search.group ?? 'audience'}
        onChange={(event) => group(event.currentTarget.value)}
      >
        <option value="audience">Grouped by audience</option>
        <option value="service">Grouped by service</option>
        <option value="owner">Grouped by owner</option>
        <option value="none">Not grouped</option>
      </NativeSelect>
      <NativeSelect
        aria-label="Order"
        value={search.sort === 'name' ? 'name' : 'worst'}
        onChange={(event) => onChange({ sort: event.currentTarget.value === 'name' ? 'name' : undefined })}
      >
        <option value="worst">Worst first</option>
        <option value="name">By name</option>
      </NativeSelect>
    </search>
  );
}

function Choice(props: {
  label: string;
  value: string | undefined;
  onChange: (value: string | undefined) => void;
  children: ReactNode;
}) {
  return (
    <NativeSelect
      aria-label={props.label}
      value={props.value ?? ''}
      data-set={props.value !== undefined || undefined}
      onChange={(event) => props.onChange(event.currentTarget.value || undefined)}
    >
      <option value="">{props.label}: any</option>
      {props.children}
    </NativeSelect>
  );
}
