import type { Audience, IndicatorDefinition, ObjectiveDefinition } from '../../contract/definitions/objective.ts';
import type { SharePoints } from '../../lib/share.ts';

/** A rolling window: its text as the user wrote it, and its length. */
export interface RollingWindow {
  readonly text: string;
  readonly ms: number;
}

/** An objective as the domain knows it: exact numbers, no text left to parse. */
export interface Objective {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly owner: string;
  readonly audience: Audience;
  readonly tags: Readonly<Record<string, string>>;
  readonly indicator: IndicatorDefinition;
  /** Hundred-millionths. */
  readonly target: SharePoints;
  readonly warning: SharePoints | undefined;
  readonly windows: readonly RollingWindow[];
  readonly primaryWindow: RollingWindow;
  readonly minimumCoverage: SharePoints;
  /** The document it was made from. */
  readonly definition: ObjectiveDefinition;
}
