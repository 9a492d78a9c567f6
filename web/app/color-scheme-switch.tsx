import { ActionIcon, type MantineColorScheme, useMantineColorScheme } from '@mantine/core';
import { MoonIcon, SunIcon, SystemIcon } from '../kit/icons.tsx';

const order: readonly MantineColorScheme[] = ['auto', 'light', 'dark'];
const words = { auto: 'as the system', light: 'light', dark: 'dark' } as const;
const icons = { auto: SystemIcon, light: SunIcon, dark: MoonIcon } as const;

/** Goes round: as the system, light, dark. Kept in this browser. */
export function ColorSchemeSwitch() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const next = order[(order.indexOf(colorScheme) + 1) % order.length] ?? 'auto';
  const Shape = icons[colorScheme];
  const label = `Colours: ${words[colorScheme]}. Switch to ${words[next]}.`;
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      size="lg"
      aria-label={label}
      title={label}
      onClick={() => setColorScheme(next)}
    >
      <Shape />
    </ActionIcon>
  );
}
