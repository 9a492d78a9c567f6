import fc from 'fast-check';
import { type ObjectiveDefinition, objectiveSchema } from '../../src/contract/definitions/objective.ts';
import { isPlainText } from '../../src/lib/plain-text.ts';
import { formatShare } from '../../src/lib/share.ts';

/** Text as people and machines write it, with what YAML finds hard. */
const awkward = fc.constantFrom(
  '*',
  'yes',
  'null',
  '1',
  '0x1F',
  '~',
  ': ',
  '#a',
  '- a',
  '"',
  "'",
  ' a ',
  'a\nb',
  '\t',
  '5xx',
);
const text = (maxLength: number) =>
  fc.oneof(fc.string({ unit: 'grapheme', minLength: 1, maxLength }).filter(isPlainText), awkward);

const list = <T>(of: fc.Arbitrary<T>) => fc.oneof(of, fc.array(of, { minLength: 1, maxLength: 3 }));
const duration = fc
  .tuple(fc.integer({ min: 1, max: 900 }), fc.constantFrom('ms', 's', 'm', 'h'))
  .map(([size, unit]) => `${size}${unit}`);
const attributes = fc.dictionary(text(10), text(10), { maxKeys: 3, noNullPrototype: true });
const status = fc.oneof(
  fc.constantFrom('1xx', '2xx', '3xx', '4xx', '5xx'),
  fc.integer({ min: 100, max: 599 }).map(String),
);

const matcher = fc
  .record(
    {
      endpoint: list(text(20)),
      path: list(text(20)),
      method: list(fc.constantFrom('GET', 'POST')),
      userAgent: list(text(20)),
      status: list(status),
      rpcStatus: list(fc.integer({ min: 0, max: 16 })),
      failed: fc.boolean(),
      durationUnder: duration,
      durationAtLeast: duration,
      attributes,
      resource: attributes,
    },
    { requiredKeys: [], noNullPrototype: true },
  )
  .filter((tests) => Object.keys(tests).length > 0);
const matchers = fc.array(matcher, { minLength: 1, maxLength: 3 });

const selection = {
  service: text(20),
  namespace: text(10),
  endpoint: list(text(20)),
  include: matchers,
  exclude: matchers,
};

const indicator = fc.oneof(
  fc.record(
    { kind: fc.constant('request-availability'), ...selection, good: matchers },
    { noNullPrototype: true, requiredKeys: ['kind', 'service'] },
  ),
  fc.record(
    { kind: fc.constant('request-availability'), ...selection, failure: matchers },
    { noNullPrototype: true, requiredKeys: ['kind', 'service'] },
  ),
  fc.record(
    {
      kind: fc.constant('request-latency'),
      ...selection,
      threshold: duration,
      failedRequests: fc.constantFrom('exclude', 'count', 'bad'),
    },
    { noNullPrototype: true, requiredKeys: ['kind', 'service', 'threshold'] },
  ),
);

const windows = fc.uniqueArray(
  fc.integer({ min: 5, max: 90 * 1440 }).map((minutes) => `${minutes}m`),
  { minLength: 1, maxLength: 5 },
);

/** Valid objectives of every kind of indicator, with text that YAML must quote. */
export const arbitraryDefinition: fc.Arbitrary<ObjectiveDefinition> = fc
  .record({
    name: fc.stringMatching(/^[a-z0-9]([a-z0-9-]{0,20}[a-z0-9])?$/),
    metadata: fc.record({ displayName: text(40), tags: attributes }, { requiredKeys: [], noNullPrototype: true }),
    spec: fc.record(
      {
        description: fc.oneof(text(300), fc.lorem({ maxCount: 60 })),
        minimumCoverage: fc.constantFrom('0%', '90%', '0.5'),
        windows,
      },
      { requiredKeys: [], noNullPrototype: true },
    ),
    primary: fc.boolean(),
    owner: text(20),
    audience: fc.constantFrom('business', 'devops', 'sre'),
    indicator,
    target: fc.integer({ min: 0, max: 99_999_998 }),
    warning: fc.boolean(),
  })
  .map(({ name, metadata, spec, primary, owner, audience, indicator, target, warning }) =>
    objectiveSchema.parse({
      apiVersion: 'verdant/v1',
      kind: 'Objective',
      metadata: { name, ...metadata },
      spec: {
        ...spec,
        owner,
        audience,
        indicator,
        target: formatShare(target),
        ...(warning ? { warning: formatShare(target + 1) } : {}),
        ...(primary && spec.windows?.[0] !== undefined ? { primaryWindow: spec.windows[0] } : {}),
      },
    }),
  );
