import { styleText } from 'node:util';

type Format = Parameters<typeof styleText>[0];

/** Colours and weights for text on a terminal; without colour they leave the text as it is. */
export interface Style {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly red: (text: string) => string;
  readonly green: (text: string) => string;
  readonly yellow: (text: string) => string;
  readonly cyan: (text: string) => string;
}

export function createStyle(colour: boolean): Style {
  const with_ =
    (format: Format) =>
    (text: string): string =>
      colour ? styleText(format, text, { validateStream: false }) : text;
  return {
    bold: with_('bold'),
    dim: with_('dim'),
    red: with_('red'),
    green: with_('green'),
    yellow: with_('yellow'),
    cyan: with_('cyan'),
  };
}

/** Colour goes to terminals only, never when NO_COLOR is set (no-color.org); FORCE_COLOR asks for it anyway. */
export function wantsColour(env: Readonly<Record<string, string | undefined>>, isTerminal: boolean): boolean {
  if (env.NO_COLOR) return false;
  if (env.FORCE_COLOR !== undefined) return env.FORCE_COLOR !== '0';
  return isTerminal && env.TERM !== 'dumb';
}
