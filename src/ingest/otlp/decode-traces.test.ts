import { describe, expect, it } from 'vitest';
import { encodeRequest } from '../../../test/fixtures/otlp/otlp-oracle.ts';
import { always, fromJson, goodSpan, request, START, text } from '../../../test/fixtures/otlp/otlp-requests.ts';
import { decodeTracesProtobuf } from './decode-protobuf.ts';
import type { DecodedTraces } from './span-gatherer.ts';

/** Decodes a request in both encodings, insists that they agree, and returns what they say. */
function decodeBoth(body: object, accept = always): DecodedTraces {
  const json = fromJson(body, accept);
  expect(decodeTracesProtobuf(encodeRequest(body), accept)).toEqual(json);
  return json;
}

function attributeText(value: object): string | undefined {
  const { spans } = decodeBoth(request([{ ...goodSpan, attributes: [{ key: 'k', value }] }]));
  return spans[0]?.attributes[1];
}

function arrays(depth: number): object {
  let value: object = { stringValue: 'core' };
  for (let level = 1; level < depth; level++) value = { arrayValue: { values: [value] } };
  return value;
}

describe('a span in either encoding', () => {
  it('is read with everything that is kept of it', () => {
    const body = request(
      [
        {
          ...goodSpan,
          status: { code: 2, message: 'no money' },
          flags: 257,
          traceState: 'a=b',
          links: [{ traceId: goodSpan.traceId, spanId: goodSpan.spanId, attributes: [text('l', 'x')] }],
          attributes: [text('http.request.method', 'GET')],
          events: [{ timeUnixNano: START, name: 'exception', attributes: [text('exception.type', 'E"1"')] }],
        },
      ],
      {
        attributes: [
          text('service.name', 'accounts'),
          text('service.namespace', 'bank'),
          text('service.version', '1.2'),
          text('deployment.environment.name', 'prod'),
        ],
      },
    );
    expect(decodeBoth(body)).toEqual({
      rejected: 0,
      reasons: [],
      spans: [
        {
          resource: {
            service: 'accounts',
            namespace: 'bank',
            version: '1.2',
            environment: 'prod',
            attributes: [
              ...['service.name', 'accounts', 'service.namespace', 'bank'],
              ...['service.version', '1.2', 'deployment.environment.name', 'prod'],
            ],
          },
          scope: 'http',
          traceId: new Uint8Array(Buffer.from(goodSpan.traceId, 'hex')),
          spanId: new Uint8Array(Buffer.from(goodSpan.spanId, 'hex')),
          parentSpanId: new Uint8Array(Buffer.from(goodSpan.parentSpanId, 'hex')),
          name: 'GET /accounts/:id',
          kind: 2,
          startNs: 1764000000123456789n,
          durationNs: 100000001n,
          statusCode: 2,
          statusMessage: 'no money',
          attributes: ['http.request.method', 'GET'],
          events: `[{"time":"${START}","name":"exception","attributes":{"exception.type":"E\\"1\\""}}]`,
        },
      ],
    });
  });

  it('says every kind of attribute value as text', () => {
    expect(attributeText({ stringValue: 'plain ☃ text' })).toBe('plain ☃ text');
    expect(attributeText({ boolValue: true })).toBe('true');
    expect(attributeText({ boolValue: false })).toBe('false');
    expect(attributeText({ intValue: '0' })).toBe('0');
    expect(attributeText({ intValue: '300' })).toBe('300');
    expect(attributeText({ intValue: '-1' })).toBe('-1');
    expect(attributeText({ intValue: '4294967295' })).toBe('4294967295');
    expect(attributeText({ intValue: '9223372036854775807' })).toBe('9223372036854775807');
    expect(attributeText({ intValue: '-9223372036854775808' })).toBe('-9223372036854775808');
    expect(attributeText({ doubleValue: 0.1 })).toBe('0.1');
    expect(attributeText({ doubleValue: 5 })).toBe('5');
    expect(attributeText({ doubleValue: 'NaN' })).toBe('NaN');
    expect(attributeText({ doubleValue: '-Infinity' })).toBe('-Infinity');
    expect(attributeText({ bytesValue: '+/8AAQ==' })).toBe('+/8AAQ==');
    expect(attributeText({})).toBe('');
  });

  it('writes arrays and maps as JSON text', () => {
    const values = [
      { stringValue: 'a"b' },
      { intValue: '9007199254740993' },
      { boolValue: true },
      { doubleValue: 'Infinity' },
      { doubleValue: 1.5 },
      { bytesValue: 'AAE=' },
      {},
      { kvlistValue: { values: [{ key: 'x y', value: { intValue: '1' } }, { key: 'none' }] } },
    ];
    const expected = '["a\\"b",9007199254740993,true,"Infinity",1.5,"AAE=",null,{"x y":1,"none":null}]';
    expect(attributeText({ arrayValue: { values } })).toBe(expected);
    expect(attributeText({ kvlistValue: { values: [{ key: 'l', value: { arrayValue: { values } } }] } })).toBe(
      `{"l":${expected}}`,
    );
    expect(attributeText({ arrayValue: {} })).toBe('[]');
  });

  it('belongs to unknown_service when its resource does not say', () => {
    expect(decodeBoth(request([goodSpan], {})).spans[0]?.resource.service).toBe('unknown_service');
    expect(decodeBoth({ resourceSpans: [{ scopeSpans: [{ spans: [goodSpan] }] }] }).spans[0]).toMatchObject({
      scope: '',
      resource: { service: 'unknown_service', attributes: [] },
    });
  });

  it('names its service without control characters and not without end', () => {
    const resource = { attributes: [text('service.name', `a\u0000b${'c'.repeat(3000)}`)] };
    const named = decodeBoth(request([goodSpan], resource)).spans[0]?.resource;
    expect(named?.service).toMatch(/^a bc{196}…$/);
    expect(named?.attributes[1]).toHaveLength(3003);
  });

  it('knows the older name of the environment', () => {
    const resource = { attributes: [text('deployment.environment', 'staging')] };
    expect(decodeBoth(request([goodSpan], resource)).spans[0]?.resource.environment).toBe('staging');
  });

  it('shares one resource with all spans of it', () => {
    const { spans } = decodeTracesProtobuf(encodeRequest(request([goodSpan, goodSpan])), always);
    expect(spans[1]?.resource).toBe(spans[0]?.resource);
  });

  it('is a root when its parent is absent, empty or all zero', () => {
    const { parentSpanId: _parent, ...orphan } = goodSpan;
    const parents = [orphan, { ...orphan, parentSpanId: '' }, { ...orphan, parentSpanId: '0000000000000000' }];
    const { spans } = decodeBoth(request(parents));
    expect(spans.map((span) => span.parentSpanId)).toEqual([new Uint8Array(8), new Uint8Array(8), new Uint8Array(8)]);
  });

  it('has kind and status 0 when they are unknown numbers', () => {
    const span = { ...goodSpan, kind: 9, status: { code: -1 } };
    expect(decodeBoth(request([span])).spans[0]).toMatchObject({ kind: 0, statusCode: 0 });
  });
});

describe('a span that is not acceptable', () => {
  const cases: readonly [string, object, RegExp][] = [
    ['has no trace id', { traceId: '' }, /trace id/],
    ['has a short trace id', { traceId: '5b8efff7' }, /trace id/],
    ['has a trace id of zeros', { traceId: '0'.repeat(32) }, /trace id/],
    ['has a span id of zeros', { spanId: '0'.repeat(16) }, /span id/],
    ['has a long span id', { spanId: 'a'.repeat(18) }, /span id/],
    ['has a short parent', { parentSpanId: 'abcd' }, /parent span id/],
    ['has no start', { startTimeUnixNano: '0' }, /start time/],
    ['has no end', { endTimeUnixNano: '0' }, /end time/],
    ['ends before it starts', { endTimeUnixNano: '1764000000123456788' }, /before the start/],
    ['holds a value nested too deep', { attributes: [{ key: 'k', value: arrays(17) }] }, /deeper than 16/],
  ];
  it.each(cases)('is rejected alone when it %s', (_what, change, reason) => {
    const decoded = decodeBoth(request([goodSpan, { ...goodSpan, ...change }, goodSpan]));
    expect(decoded.spans).toHaveLength(2);
    expect(decoded.rejected).toBe(1);
    expect(decoded.reasons).toEqual([expect.stringMatching(reason)]);
  });

  it('is rejected when it is older than the retention or from the future', () => {
    const accept = { oldestNs: 1764000000123456789n, newestNs: 1764000000223456790n };
    const decoded = decodeBoth(
      request([
        goodSpan,
        { ...goodSpan, startTimeUnixNano: '1764000000123456788' },
        { ...goodSpan, endTimeUnixNano: '1764000000223456791' },
        { ...goodSpan, endTimeUnixNano: '18446744073709551615' },
      ]),
      accept,
    );
    expect(decoded.spans).toHaveLength(1);
    expect(decoded.reasons).toEqual([
      '1 rejected: the start is older than the retention',
      '2 rejected: the end lies in the future by more than two minutes',
    ]);
  });

  it('takes its siblings along when its resource is nested too deep', () => {
    const resource = { attributes: [{ key: 'k', value: arrays(17) }] };
    const body = request([goodSpan, goodSpan], resource);
    body.resourceSpans.push(...request([goodSpan]).resourceSpans);
    expect(decodeBoth(body)).toMatchObject({ rejected: 2, spans: [{ resource: { service: 'accounts' } }] });
  });
});

describe('what a payload may hold', () => {
  it('nests values sixteen deep', () => {
    expect(attributeText(arrays(16))).toBe(`${'['.repeat(15)}"core"${']'.repeat(15)}`);
  });

  it('keeps 128 attributes and cuts long texts at a character', () => {
    const attributes = Array.from({ length: 130 }, (_, index) => text(`k${index}`, 'v'));
    attributes[0] = text('k0', `x${'€'.repeat(2000)}`);
    const span = { ...goodSpan, name: 'ä'.repeat(600), attributes: [{ key: '' }, ...attributes] };
    const kept = decodeBoth(request([span])).spans[0];
    expect(kept?.attributes).toHaveLength(256);
    expect(kept?.attributes.slice(0, 2)).toEqual(['k0', `x${'€'.repeat(1365)}`]);
    expect(kept?.name).toBe('ä'.repeat(512));
  });

  it('keeps 128 events, and fewer when they are long', () => {
    const events = Array.from({ length: 200 }, () => ({ timeUnixNano: '1', name: 'e' }));
    const long = events.map((event) => ({ ...event, attributes: [text('k', 'y'.repeat(4000))] }));
    const { spans } = decodeBoth(
      request([
        { ...goodSpan, events },
        { ...goodSpan, events: long },
      ]),
    );
    expect(JSON.parse(spans[0]?.events ?? '')).toHaveLength(128);
    expect(JSON.parse(spans[1]?.events ?? '')).toHaveLength(16);
  });

  it('takes 200 000 spans and rejects the rest', () => {
    const one = encodeRequest(request([goodSpan]));
    const decoded = decodeTracesProtobuf(Buffer.concat(Array.from({ length: 200_002 }, () => one)), always);
    expect(decoded.spans).toHaveLength(200_000);
    expect(decoded.reasons).toEqual(['2 rejected: the payload holds more than 200000 spans']);
  });

  it('cuts an array at the length of a value without reading the rest of it', () => {
    const values = Array.from({ length: 3000 }, () => ({ intValue: '7' }));
    expect(attributeText({ arrayValue: { values } })).toBe(`[${'7,'.repeat(3000)}`.slice(0, 4096));
  });
});
