import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { settings } from '../contract/config.ts';
import { givenSettings, withServerSettings } from './server-settings.ts';

function parse(...args: string[]) {
  const command = withServerSettings(new Command('serve'))
    .exitOverride()
    .configureOutput({ writeErr: () => {} });
  command.parse(args, { from: 'user' });
  return givenSettings(command);
}

describe('flags of the server', () => {
  it('exist for every setting', () => {
    const help = withServerSettings(new Command('serve')).helpInformation();
    for (const { flag, boolean } of settings) expect(help).toContain(boolean ? flag.slice(2) : `${flag} <`);
  });

  it('give back only what was given, as it was written', () => {
    expect(parse('--port', '8080', '--no-open', '--config', 'verdant.yaml')).toEqual({
      flags: { port: '8080', open: false },
      config: 'verdant.yaml',
    });
    expect(parse()).toEqual({ flags: {}, config: undefined });
  });

  it('refuse what is not a setting', () => {
    expect(() => parse('--prot', '8080')).toThrow("unknown option '--prot'");
  });
});
