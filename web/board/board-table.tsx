import { useRouter } from '@tanstack/react-router';
import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { type CSSProperties, type KeyboardEvent, type MouseEvent, useLayoutEffect, useRef, useState } from 'react';
import type { BoardRow } from '../../src/contract/api/objectives.ts';
import { BoardGroup } from './board-group.tsx';
import { BoardHeader } from './board-header.tsx';
import { BoardObjective } from './board-objective.tsx';
import styles from './board-table.module.css';
import type { BoardItem } from './group-rows.ts';
import { nextRow } from './next-row.ts';
import { rowLinkOf } from './row-link.tsx';

const ROW_HEIGHT = 68;
const GROUP_HEIGHT = 52;
const OVERSCAN = 8;
/** Rows above the first objective: the head of the table. */
const HEAD_ROWS = 1;
/** Columns before the first timeframe: name and target. */
const FIRST_COLUMNS = 2;
/** Room for what sticks to the top of the page. */
const STICKY_HEIGHT = 130;

interface BoardTableProps {
  readonly items: readonly BoardItem[];
  readonly rows: readonly BoardRow[];
  readonly windows: readonly string[];
  readonly sort: string | undefined;
  /** The numbers are those of other timeframes while the new ones load. */
  readonly stale: boolean;
  readonly onSort: (sort: string | undefined) => void;
}

/** Lets only what is in sight exist in the page: ten thousand objectives scroll like ten. */
function useVisibleItems(items: readonly BoardItem[]) {
  const body = useRef<HTMLTableSectionElement>(null);
  const [margin, setMargin] = useState(0);
  useLayoutEffect(() => {
    const measure = () => {
      const top = body.current?.getBoundingClientRect().top;
      if (top !== undefined) setMargin(Math.round(top + window.scrollY));
    };
    measure();
    // What stands above may wrap or unfold at any time; measuring on every scroll would cost a layout each.
    const observer = new ResizeObserver(measure);
    observer.observe(document.body);
    return () => observer.disconnect();
  }, []);
  const virtualizer = useWindowVirtualizer({
    count: items.length,
    estimateSize: (index) => (items[index]?.kind === 'group' ? GROUP_HEIGHT : ROW_HEIGHT),
    getItemKey: (index) => items[index]?.key ?? index,
    overscan: OVERSCAN,
    scrollMargin: margin,
    scrollPaddingStart: STICKY_HEIGHT,
  });
  return { body, virtualizer };
}

/** Objectives by timeframes. On a narrow page each row becomes a card. */
export function BoardTable({ items, rows, windows, sort, stale, onSort }: BoardTableProps) {
  const { body, virtualizer } = useVisibleItems(items);
  const router = useRouter();

  const onKeyDown = (event: KeyboardEvent<HTMLTableElement>) => {
    const from = event.target instanceof Element ? event.target.closest('[data-index]') : null;
    const index = nextRow(items, Number(from?.getAttribute('data-index') ?? -1), event.key);
    if (from === null || index === undefined) return;
    event.preventDefault();
    virtualizer.scrollToIndex(index);
    requestAnimationFrame(() => {
      body.current?.querySelector<HTMLElement>(`[data-index="${index}"] a`)?.focus({ preventScroll: true });
    });
  };

  const onClick = (event: MouseEvent) => {
    const address = rowLinkOf(event);
    if (address === undefined) return;
    event.preventDefault();
    router.history.push(address);
  };

  const style: CSSProperties & Record<'--columns', number> = { '--columns': windows.length };
  return (
    <table
      aria-label="Objectives by timeframe"
      aria-rowcount={items.length + HEAD_ROWS}
      aria-busy={stale}
      className={styles.table}
      data-stale={stale || undefined}
      data-many={windows.length > 4 || undefined}
      style={style}
      onClick={onClick}
      onKeyDown={onKeyDown}
    >
      <BoardHeader rows={rows} windows={windows} sort={sort} onSort={onSort} />
      <tbody ref={body} className={styles.body} style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map((place) => {
          const item = items[place.index];
          return (
            item && (
              <tr
                key={place.key}
                aria-rowindex={place.index + HEAD_ROWS + 1}
                data-index={place.index}
                ref={virtualizer.measureElement}
                className={item.kind === 'group' ? styles.item : `${styles.item} ${styles.grid} ${styles.row}`}
                style={{ transform: `translateY(${place.start - virtualizer.options.scrollMargin}px)` }}
              >
                {item.kind === 'group' ? (
                  <BoardGroup group={item} columns={windows.length + FIRST_COLUMNS} />
                ) : (
                  <BoardObjective row={item.row} windows={windows} />
                )}
              </tr>
            )
          );
        })}
      </tbody>
    </table>
  );
}
