import { allScopes, scopes } from '../../src/contract/scopes.ts';
import { cell, code, page, table } from './markdown.ts';

export function scopesPage(): string {
  const rows = allScopes.map((name) => [code(name), cell(scopes[name])]);
  return page('Scopes', 'src/contract/scopes.ts', [
    'A token may do what its scopes say. `verdant token create NAME --scope SCOPE` makes one.',
    table(['Scope', 'Allows'], rows),
  ]);
}
