import { errorTable } from '../../src/contract/errors.ts';
import { cell, code, page, table } from './markdown.ts';

export function errorsPage(): string {
  const rows = Object.entries(errorTable).map(([name, { status, message, fix }]) => [
    code(name),
    String(status),
    cell(message),
    cell(fix),
  ]);
  return page('Errors', 'src/contract/errors.ts', [
    'Every answer that is not 2xx has the body `{"error": {"code", "message", "fix", "details"}}`. Codes are stable and ' +
      'never used again for something else. `details` names the places: a field, or a file with line and column.',
    table(['Code', 'Status', 'What happened', 'What to do'], rows),
  ]);
}
