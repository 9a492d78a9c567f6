import { type FormEvent, useId, useState } from 'react';
import { defaultWindows, sortWindows, windowLabel, windowMs, windowProblem } from '../format/window.ts';
import { CloseIcon, PlusIcon } from '../kit/icons.tsx';
import styles from './window-picker.module.css';

const usual: readonly string[] = ['15m', '1h', '6h', '24h', '3d', '7d', '14d', '30d', '90d'];

interface WindowPickerProps {
  readonly windows: readonly string[];
  /** Undefined: the usual ones. */
  readonly onChange: (windows: string | undefined) => void;
}

/** The timeframes that are shown: chips to take one away, a field to add any other. */
export function WindowPicker({ windows, onChange }: WindowPickerProps) {
  const set = (next: readonly string[]) => {
    const text = sortWindows(next).join(',');
    onChange(text === defaultWindows.join(',') ? undefined : text);
  };
  return (
    <div className={styles.picker}>
      <span className={styles.label} id="timeframes">
        Timeframes
      </span>
      <ul className={styles.chips} aria-labelledby="timeframes">
        {windows.map((window) => (
          <li key={window} className={styles.chip}>
            <span>{windowLabel(window)}</span>
            {windows.length > 1 && (
              <button
                type="button"
                aria-label={`Take away ${windowLabel(window)}`}
                onClick={() => set(windows.filter((one) => one !== window))}
              >
                <CloseIcon />
              </button>
            )}
          </li>
        ))}
      </ul>
      <AddWindow windows={windows} onAdd={(window) => set([...windows, window])} />
    </div>
  );
}

function AddWindow({ windows, onAdd }: { windows: readonly string[]; onAdd: (window: string) => void }) {
  const id = useId();
  const [text, setText] = useState('');
  const [problem, setProblem] = useState<string>();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const window = text.trim().toLowerCase();
    const found = windowProblem(window, windows);
    setProblem(found);
    if (found !== undefined) return;
    setText('');
    onAdd(window);
  };
  const left = usual.filter((window) => windows.every((one) => windowMs(one) !== windowMs(window)));
  return (
    <form className={styles.add} onSubmit={submit} noValidate>
      <input
        aria-label="Add a timeframe, such as 6h"
        aria-invalid={problem !== undefined}
        aria-describedby={problem === undefined ? undefined : `${id}-problem`}
        className={styles.field}
        list={`${id}-usual`}
        placeholder="6h"
        autoComplete="off"
        spellCheck={false}
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value);
          setProblem(undefined);
        }}
      />
      <datalist id={`${id}-usual`}>
        {left.map((window) => (
          <option key={window} value={window} />
        ))}
      </datalist>
      <button type="submit" aria-label="Add this timeframe">
        <PlusIcon />
      </button>
      {problem !== undefined && (
        <p id={`${id}-problem`} role="alert" className={styles.problem}>
          {problem}
        </p>
      )}
    </form>
  );
}
