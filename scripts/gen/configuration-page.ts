import { settings } from '../../src/contract/config.ts';
import { cell, code, page, table } from './markdown.ts';

export function configurationPage(): string {
  const rows = settings.map(({ key, flag, env, fallback, description, boolean }) => [
    code(boolean && fallback === 'true' ? flag.replace('--', '--no-') : flag),
    code(env),
    code(key),
    code(fallback ?? ''),
    cell(description),
  ]);
  return page('Configuration', 'src/contract/config.ts', [
    'Every setting can be given as a flag, as an environment variable or as a key of the YAML file that `--config` ' +
      'names. A flag wins over the environment, the environment over the file, the file over the default.',
    table(['Flag', 'Environment', 'Key', 'Default', 'Meaning'], rows),
  ]);
}
