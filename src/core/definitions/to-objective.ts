import type { ObjectiveDefinition } from '../../contract/definitions/objective.ts';
import { parseDuration } from '../../lib/duration.ts';
import { parseShare, type SharePoints } from '../../lib/share.ts';
import type { Objective, RollingWindow } from '../slo/objective.ts';

/**
 * An objective from its document. A primary window that is not among the windows is added to them; without one the
 * longest window is it.
 * @throws RangeError when the document was not checked by the schema before
 */
export function toObjective(definition: ObjectiveDefinition): Objective {
  const { metadata, spec } = definition;
  const written = spec.windows.map(toWindow);
  const wanted = spec.primaryWindow === undefined ? longest(written) : toWindow(spec.primaryWindow);
  const primaryWindow = written.find(({ ms }) => ms === wanted.ms) ?? wanted;
  return {
    name: metadata.name,
    title: metadata.displayName ?? metadata.name,
    description: spec.description,
    owner: spec.owner,
    audience: spec.audience,
    tags: metadata.tags,
    indicator: spec.indicator,
    target: toShare(spec.target),
    warning: spec.warning === undefined ? undefined : toShare(spec.warning),
    windows: written.includes(primaryWindow) ? written : [...written, primaryWindow],
    primaryWindow,
    minimumCoverage: toShare(spec.minimumCoverage),
    definition,
  };
}

function toWindow(text: string): RollingWindow {
  const ms = parseDuration(text);
  if (ms === undefined) throw new RangeError(`"${text}" is no duration`);
  return { text, ms };
}

function toShare(text: string): SharePoints {
  const points = parseShare(text);
  if (points === undefined) throw new RangeError(`"${text}" is no share`);
  return points;
}

const longest = (windows: readonly RollingWindow[]): RollingWindow =>
  windows.reduce((best, window) => (window.ms > best.ms ? window : best));
