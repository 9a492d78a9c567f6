import type { ReactNode } from 'react';

/** Marks links that the table follows by itself. */
const MARK = 'data-row-link';

interface RowLinkProps {
  readonly name: string;
  readonly window?: string;
  readonly className: string | undefined;
  readonly children?: ReactNode;
  readonly label?: string;
  readonly title?: string;
  /** Left out of the order of the Tab key: the link of the row leads to the same page. */
  readonly secondary?: boolean;
}

/**
 * A link to an objective, as cheap as a link can be: dozens of them appear with every turn of the wheel, and those of
 * the router each follow its state.
 */
export function RowLink(props: RowLinkProps) {
  const search = props.window === undefined ? '' : `?window=${props.window}`;
  return (
    <a
      {...{ [MARK]: '' }}
      href={`/objectives/${props.name}${search}`}
      className={props.className}
      aria-label={props.label}
      title={props.title}
      tabIndex={props.secondary ? -1 : undefined}
    >
      {props.children}
    </a>
  );
}

/** The address of the row link that a plain click is meant for; undefined for all other clicks. */
export function rowLinkOf(event: {
  target: EventTarget;
  button: number;
  metaKey: boolean;
  ctrlKey: boolean;
  shiftKey: boolean;
  altKey: boolean;
}): string | undefined {
  const modified = event.metaKey || event.ctrlKey || event.shiftKey || event.altKey;
  if (event.button !== 0 || modified || !(event.target instanceof Element)) return undefined;
  return event.target.closest(`a[${MARK}]`)?.getAttribute('href') ?? undefined;
}
