import { CopyButton } from '@mantine/core';
import { CheckIcon, CopyIcon } from '../kit/icons.tsx';
import { Panel } from '../kit/panel.tsx';
import styles from './definition-panel.module.css';

/** The definition as it belongs into git. */
export function DefinitionPanel({ yaml }: { yaml: string }) {
  const copy = (
    <CopyButton value={yaml}>
      {({ copied, copy: copyNow }) => (
        <button type="button" className={styles.copy} onClick={copyNow}>
          {copied ? <CheckIcon /> : <CopyIcon />}
          <span aria-live="polite">{copied ? 'Copied' : 'Copy YAML'}</span>
        </button>
      )}
    </CopyButton>
  );
  return (
    <Panel title="Definition" note={copy}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard (WCAG 2.1.1) */}
      <section className={styles.yaml} tabIndex={0} aria-label="Definition as YAML">
        <pre>{yaml}</pre>
      </section>
    </Panel>
  );
}
