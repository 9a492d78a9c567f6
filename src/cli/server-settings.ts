import { type Command, Option } from 'commander';
import { type ConfigKey, type Setting, settings } from '../contract/config.ts';

/** Settings that most people need; the others are listed below them. */
const COMMON: readonly ConfigKey[] = [
  'port',
  'host',
  'otlpHttpPort',
  'data',
  'open',
  'clickhouseUrl',
  'postgresUrl',
  'logLevel',
];

const isCommon = (setting: Setting): boolean => COMMON.includes(setting.key);

/** What stands for the value in the help: the last word of the key says what kind it is. */
function placeholder(key: ConfigKey): string {
  const word = /[A-Z]?[a-z]+$/.exec(key)?.[0].toLowerCase() ?? 'value';
  const kinds: Readonly<Record<string, string>> = {
    bytes: 'size',
    data: 'dir',
    interval: 'duration',
    retention: 'duration',
    timeout: 'duration',
    rows: 'number',
    service: 'number',
    sessions: 'number',
  };
  return kinds[word] ?? word;
}

function optionOf(setting: Setting): Option {
  const group = isCommon(setting) ? 'Options:' : 'Tuning:';
  if (setting.boolean && setting.fallback === 'true') {
    const description = `Do not ${setting.description.charAt(0).toLowerCase()}${setting.description.slice(1)}`;
    return new Option(setting.flag.replace('--', '--no-'), description).helpGroup(group);
  }
  if (setting.boolean) return new Option(setting.flag, setting.description).helpGroup(group);
  const fallback = setting.fallback === undefined ? '' : ` (default: ${setting.fallback})`;
  return new Option(`${setting.flag} <${placeholder(setting.key)}>`, setting.description + fallback).helpGroup(group);
}

/** Adds a flag for every setting of the server, and `--config`. */
export function withServerSettings(command: Command): Command {
  const ordered = [...settings].sort((a, b) => Number(isCommon(b)) - Number(isCommon(a)));
  for (const setting of ordered) command.addOption(optionOf(setting));
  return command
    .option('--config <file>', 'YAML file with these settings as keys, such as otlpHttpPort')
    .addHelpText(
      'after',
      '\nEvery setting is also an environment variable: --otlp-http-port is VERDANT_OTLP_HTTP_PORT.',
    );
}

/** What the command line said about the server's settings: only what was given, unread. */
export interface GivenSettings {
  readonly flags: Readonly<Record<string, unknown>>;
  /** Path of the configuration file. */
  readonly config: string | undefined;
}

export function givenSettings(command: Command): GivenSettings {
  const given = settings
    .filter(({ key }) => command.getOptionValueSource(key) === 'cli')
    .map(({ key }): [string, unknown] => [key, command.getOptionValue(key)]);
  const config: unknown = command.getOptionValue('config');
  return { flags: Object.fromEntries(given), config: typeof config === 'string' ? config : undefined };
}
