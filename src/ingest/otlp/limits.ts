/**
 * How much of a payload is kept. Counts and the depth follow the defaults and advice of OpenTelemetry
 * (specification/common, "Attribute limits": 128 attributes, 128 events); the sizes are ours, chosen so that no
 * sender can make one row of the store larger than a page of text.
 */
export const otlpLimits = {
  /** Spans taken from one payload; the rest is rejected with a reason. Exporters send 512 at a time by default. */
  spansPerPayload: 200_000,
  /**
   * Messages of a protobuf payload, and objects with arrays of a JSON one; beyond it the payload is refused. Real spans
   * take 20 and 48 bytes for each; two bytes for each would hold up everyone else for half a minute.
   */
  protobufMessages: 4_000_000,
  jsonContainers: 2_000_000,
  attributes: 128,
  events: 128,
  /** UTF-16 units of the JSON text of all events of a span; further events are dropped. */
  eventsLength: 65_536,
  /** UTF-8 bytes of one attribute value. */
  valueBytes: 4096,
  /** UTF-8 bytes of a span, scope or event name. */
  nameBytes: 1024,
  /** UTF-8 bytes of an attribute key. */
  keyBytes: 256,
  /** Nested arrays and maps of one value. */
  valueDepth: 16,
} as const;
