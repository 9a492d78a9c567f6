import { plainText } from '../../lib/plain-text.ts';

/** The colours and weights of our own {@link Style}, and the reset that the table library writes where it cuts. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences begin with one
const OWN_STYLES = /(\u001b\[(?:0|1|2|22|31|32|33|36|39)m)/;

/**
 * Text fit for a terminal. Names come from telemetry, files and other people: what would move the cursor, set the title
 * or answer for the user is spelled out; colours stay.
 */
export const printable = (text: string): string =>
  text
    .split(OWN_STYLES)
    .map((part, index) => (index % 2 === 0 ? plainText(part) : part))
    .join('');
