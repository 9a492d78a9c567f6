import { VerdantError } from '../../contract/errors.ts';
import type { Scope } from '../../contract/scopes.ts';
import type { Actor } from './actor.ts';

/**
 * Lets an actor pass that has a scope.
 * @throws VerdantError `forbidden`, with the scope in its details
 */
export function requireScope(actor: Actor, scope: Scope): void {
  if (actor.scopes.includes(scope)) return;
  throw new VerdantError('forbidden', {
    message: `${actor.name} lacks the scope ${scope}.`,
    details: [{ message: `This needs the scope ${scope}.`, expected: scope }],
  });
}

/**
 * Keeps an actor from giving away more than it has.
 * @throws VerdantError `forbidden`, with each scope that is too much in its details
 */
export function requireScopesToGive(actor: Actor, scopes: readonly Scope[]): void {
  const missing = scopes.filter((scope) => !actor.scopes.includes(scope));
  if (missing.length === 0) return;
  throw new VerdantError('forbidden', {
    message: `${actor.name} cannot give scopes that it lacks.`,
    details: missing.map((scope) => ({ path: 'scopes', message: `${actor.name} lacks ${scope}.`, expected: scope })),
  });
}
