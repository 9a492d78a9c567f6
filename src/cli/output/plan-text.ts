import type { Change, Plan } from '../../contract/api/definitions.ts';
import type { Style } from './style.ts';
import { count } from './words.ts';

const marks = { create: '+', update: '~', delete: '-', unchanged: ' ' } as const;
const colours = { create: 'green', update: 'yellow', delete: 'red', unchanged: 'dim' } as const;
const done = { create: 'created', update: 'updated', delete: 'deleted', unchanged: 'unchanged' } as const;

/** Long values are cut: the files hold them whole. */
const VALUE_WIDTH = 60;

const shorten = (value: string | null): string => {
  const line = (value ?? 'nothing').replaceAll(/\s+/g, ' ');
  return line.length <= VALUE_WIDTH ? line : `${line.slice(0, VALUE_WIDTH - 1)}…`;
};

function fieldLines(change: Change, style: Style): string[] {
  if (change.action !== 'update') return [];
  const lines = change.fields.flatMap((field) => [
    `      ${field.path}`,
    `        ${style.red(shorten(field.before))} -> ${style.green(shorten(field.after))}`,
  ]);
  if (change.newIndicatorVersion)
    lines.push(`      ${style.dim('its history is computed anew from stored telemetry')}`);
  return lines;
}

const changeLines = (change: Change, style: Style): string[] => [
  `  ${style[colours[change.action]](`${marks[change.action]} ${change.action.padEnd(6)}`)} ${change.name}`,
  ...fieldLines(change, style),
];

/** What apply would change, or changed. What stays as it is is only counted. */
export function formatPlan(plan: Plan, style: Style): string {
  const changing = plan.changes.filter((change) => change.action !== 'unchanged');
  const number = (action: Change['action']): number => plan.changes.filter((change) => change.action === action).length;
  const unchanged = `${number('unchanged')} unchanged`;
  if (changing.length === 0) return `Nothing ${plan.applied ? 'changed' : 'to change'}; ${unchanged}.\n`;
  const counts = (['create', 'update', 'delete'] as const).map((action) =>
    plan.applied ? `${number(action)} ${done[action]}` : `${number(action)} to ${action}`,
  );
  const title = `${plan.applied ? 'Applied' : 'Plan'}: ${count(changing.length, 'change')}`;
  const lines = changing.flatMap((change) => changeLines(change, style));
  return `${style.bold(title)}\n${lines.join('\n')}\n${counts.join(', ')}, ${unchanged}.\n`;
}
