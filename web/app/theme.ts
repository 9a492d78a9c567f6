import { createTheme, localStorageColorSchemeManager, type MantineColorsTuple } from '@mantine/core';

const verdant: MantineColorsTuple = [
  '#eef6f1',
  '#dcece3',
  '#b8d8c7',
  '#8fc3a8',
  '#6bb08d',
  '#4a9a74',
  '#33805d',
  '#1f6a4a',
  '#1b5e43',
  '#124431',
];

/** Explicit faces before the generic one: on Linux `system-ui` is often a wide face that breaks dense tables. */
const sans =
  '"Inter", "Segoe UI Variable Text", "Segoe UI", -apple-system, BlinkMacSystemFont, "Helvetica Neue", Cantarell, Ubuntu, "Noto Sans", Arial, sans-serif';
const mono = 'ui-monospace, "SF Mono", "Cascadia Code", Menlo, Consolas, "Liberation Mono", monospace';

/** What Mantine needs to know; all else stands in tokens.css. */
export const theme = createTheme({
  colors: { verdant },
  primaryColor: 'verdant',
  primaryShade: { light: 8, dark: 6 },
  fontFamily: sans,
  fontFamilyMonospace: mono,
  headings: { fontFamily: sans },
  defaultRadius: 4,
  cursorType: 'pointer',
  respectReducedMotion: true,
});

/** The same key as in public/assets/color-scheme-v1.js. */
export const colorSchemeManager = localStorageColorSchemeManager({ key: 'verdant-color-scheme' });
