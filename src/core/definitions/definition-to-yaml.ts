import { stringify } from 'yaml';
import type { ObjectiveDefinition } from '../../contract/definitions/objective.ts';
import { canonicalDefinition } from './canonical-definition.ts';

/** Columns at which long text is folded. */
const LINE_WIDTH = 110;

/**
 * A definition as YAML, ready to be kept in git: the same definition always gives the same text, and reading it gives
 * the same definition. Empty tags and an empty description are left out.
 */
export function definitionToYaml(definition: ObjectiveDefinition): string {
  const { metadata, spec, ...header } = canonicalDefinition(definition);
  const { tags, ...names } = metadata;
  const { description, ...rest } = spec;
  const document = {
    ...header,
    metadata: Object.keys(tags).length === 0 ? names : metadata,
    spec: description === '' ? rest : spec,
  };
  return stringify(document, { lineWidth: LINE_WIDTH, aliasDuplicateObjects: false });
}
