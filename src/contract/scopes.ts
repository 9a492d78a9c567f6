/** What a token may do. Every route names the one it needs. */
export const scopes = {
  'objectives:read': 'Read objectives, their status and history, services and endpoints.',
  'objectives:write': 'Apply, change and delete objectives.',
  'ingest:write': 'Send telemetry.',
  'metrics:read': "Read Verdant's own metrics.",
  'tokens:write': 'List, create and revoke tokens; make sign-in links.',
  'demo:write': 'Start and stop faults of the demo bank.',
} as const;

export type Scope = keyof typeof scopes;

export const allScopes = Object.keys(scopes).filter((name): name is Scope => name in scopes);
