import { expect, it } from 'vitest';
import { displayName } from './clean-name.ts';

it.each([
  ['\u001b]0;owned\u0007shop', ']0;owned shop'],
  ['\u009b31mshop', '31mshop'],
  ['shop\u202Egnp.exe', 'shop gnp.exe'],
  ['a\r\n\tb\u2028c', 'a b c'],
  ['Größe 日本語 🌲', 'Größe 日本語 🌲'],
])('a name from telemetry steers no terminal and no reader: %j', (name, shown) => {
  expect(displayName(name)).toBe(shown);
});
