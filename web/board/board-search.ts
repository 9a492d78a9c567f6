import { z } from 'zod';

const text = z.string().max(200).optional().catch(undefined);

/** What of the board stands in its address, so that a view can be sent to someone. */
export const boardSearchSchema = z.object({
  /** `1h,24h`; read by readWindows. */
  windows: text,
  q: text,
  audience: text,
  /** `violated,warning` */
  state: text,
  owner: text,
  /** `key=value` */
  tag: text,
  /** `worst` (default), `name`, or a window of the board. */
  sort: text,
  group: z.enum(['audience', 'service', 'owner', 'none']).optional().catch(undefined),
});
export type BoardSearch = z.output<typeof boardSearchSchema>;
export type Grouping = NonNullable<BoardSearch['group']>;
