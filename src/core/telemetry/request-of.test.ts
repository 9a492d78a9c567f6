import { describe, expect, it } from 'vitest';
import type { Request } from './request.ts';
import { requestOf } from './request-of.ts';
import type { Span } from './span.ts';
import { SpanKind, SpanStatus } from './span.ts';

function span(attributes: Readonly<Record<string, string>>, change: Partial<Span> = {}): Span {
  return {
    resource: { service: 'bank', namespace: '', version: '', environment: '', attributes: [] },
    scope: '',
    traceId: new Uint8Array(16),
    spanId: new Uint8Array(8),
    parentSpanId: new Uint8Array(8),
    name: 'a span',
    kind: SpanKind.server,
    startNs: 1n,
    durationNs: 1n,
    statusCode: SpanStatus.unset,
    statusMessage: '',
    attributes: Object.entries(attributes).flat(),
    events: '',
    ...change,
  };
}

function request(attributes: Readonly<Record<string, string>>, change: Partial<Span> = {}): Request {
  const made = requestOf(span(attributes, change));
  if (made === undefined) throw new Error('it is no request');
  return made;
}

describe('what is a request', () => {
  it('is a span of a server or a consumer, and no other', () => {
    const kinds = [0, 1, 2, 3, 4, 5].filter((kind) => requestOf(span({}, { kind })) !== undefined);
    expect(kinds).toEqual([SpanKind.server, SpanKind.consumer]);
  });
});

describe('the endpoint of a request', () => {
  it('is the method with the route, in new names', () => {
    const made = request({
      'http.request.method': 'POST',
      'http.route': '/login',
      'url.path': '/login',
      'http.response.status_code': '200',
      'user_agent.original': 'Mozilla/5.0',
    });
    expect(made).toEqual({
      endpoint: 'POST /login',
      method: 'POST',
      path: '/login',
      userAgent: 'Mozilla/5.0',
      httpStatus: 200,
      rpcStatus: -1,
      failed: false,
    });
  });

  it('is the method with the route, in old names', () => {
    const made = request({
      'http.method': 'get',
      'http.route': '/accounts/:id',
      'http.target': '/accounts/17?full=1#top',
      'http.status_code': '404',
      'http.user_agent': 'curl/8',
    });
    expect(made).toMatchObject({
      endpoint: 'GET /accounts/:id',
      method: 'GET',
      path: '/accounts/17',
      userAgent: 'curl/8',
      httpStatus: 404,
    });
  });

  it('follows the newer name when both are there', () => {
    expect(request({ 'http.request.method': 'PUT', 'http.method': 'GET', 'http.route': '/x' }).method).toBe('PUT');
    expect(request({ 'http.method': 'GET', 'http.request.method': 'PUT', 'http.route': '/x' }).method).toBe('PUT');
    expect(request({ 'url.path': '/new', 'http.url': 'https://bank.example/old?x' }).path).toBe('/new');
    expect(request({ 'http.url': 'https://bank.example/old?x' }).path).toBe('/old');
  });

  it('is the rpc method with its service', () => {
    const made = request({ 'rpc.service': 'bank.Accounts', 'rpc.method': 'Get', 'rpc.grpc.status_code': '5' });
    expect(made).toMatchObject({ endpoint: 'bank.Accounts/Get', rpcStatus: 5, httpStatus: 0, method: '' });
    const newer = request({ 'rpc.method': 'bank.Accounts/Get', 'rpc.response.status_code': 'UNAVAILABLE' });
    expect(newer).toMatchObject({ endpoint: 'bank.Accounts/Get', rpcStatus: 14, failed: true });
  });

  it('is the messaging operation with its destination', () => {
    const consumed = { 'messaging.operation.type': 'process', 'messaging.operation.name': 'poll' };
    const kind = SpanKind.consumer;
    expect(request({ ...consumed, 'messaging.destination.name': 'payments' }, { kind }).endpoint).toBe(
      'process payments',
    );
    const template = { 'messaging.destination.template': 'orders.{region}', 'messaging.destination.name': 'orders.eu' };
    expect(request({ 'messaging.operation.name': 'poll', ...template }, { kind }).endpoint).toBe(
      'poll orders.{region}',
    );
    expect(request({ 'messaging.destination.name': 'user-48151623' }, { kind }).endpoint).toBe('consume user-{id}');
  });

  it.each([
    ['/accounts/4711', '/accounts/{id}'],
    ['/accounts/4711/', '/accounts/{id}'],
    ['/users/6f9619ff-8b86-d011-b42d-00cf4fc964ff/cards', '/users/{id}/cards'],
    ['/objects/507f1f77bcf86cd799439011', '/objects/{id}'],
    ['/mail/ann@bank.example/inbox', '/mail/{email}/inbox'],
    ['/mail/ann%40bank.example', '/mail/{email}'],
    ['/days/2026-11-24', '/days/{id}'],
    ['/orders/order-12345.pdf', '/orders/order-{id}.pdf'],
    ['/files/aB3dE5gH7jK9mN1pQ', '/files/{id}'],
    ['/share/eyJhbGciOi.J9.x'.padEnd(90, 'Q'), '/share/{id}'],
    ['/api/v2/oauth2/token', '/api/v2/oauth2/token'],
    ['/transfer-funds/process-payment-batch-v2', '/transfer-funds/process-payment-batch-v2'],
    ['/a/b/c/d/e/f/g/h', '/a/b/c/d/e/f/*'],
    ['/path;jsessionid=1A2B/x?q=1', '/path/x'],
    ['https://bank.example:8443/pay/17?x=/y', '/pay/{id}'],
    ['/', '/'],
  ])('without a route is the path %s as %s', (path, cleaned) => {
    expect(request({ 'http.request.method': 'GET', 'url.path': path }).endpoint).toBe(`GET ${cleaned}`);
  });

  it('is the cleaned span name when nothing else is said', () => {
    expect(request({}, { name: 'GET /users/17/cards?x=1' }).endpoint).toBe('GET /users/{id}/cards');
    expect(request({}, { name: 'nightly batch 20261124' }).endpoint).toBe('nightly batch {id}');
    expect(request({}, { name: 'CardService.block' }).endpoint).toBe('CardService.block');
    expect(request({}, { name: '' }).endpoint).toBe('(unnamed)');
  });

  it('can be shown and is not made up by a sender', () => {
    const made = request({ 'http.method': 'G{}T', 'http.route': `/a\u0000\n/${'x'.repeat(400)}` });
    expect(made.method).toBe('_OTHER');
    expect(made.endpoint).toMatch(/^_OTHER \/a \/x+…$/);
    expect(made.endpoint).toHaveLength(200);
  });

  it('has no status outside of HTTP and gRPC', () => {
    expect(request({ 'http.status_code': '0' }).httpStatus).toBe(0);
    expect(request({ 'http.status_code': '99999' }).httpStatus).toBe(0);
    expect(request({ 'rpc.grpc.status_code': '17' }).rpcStatus).toBe(-1);
    expect(request({ 'rpc.grpc.status_code': 'BROKEN' }).rpcStatus).toBe(-1);
  });
});

describe('by default a request failed', () => {
  const failed = (attributes: Readonly<Record<string, string>>, statusCode: number = SpanStatus.unset) =>
    request(attributes, { statusCode }).failed;

  it('when HTTP says 5xx', () => {
    expect(failed({ 'http.response.status_code': '500' })).toBe(true);
    expect(failed({ 'http.response.status_code': '503' }, SpanStatus.ok)).toBe(true);
  });

  it('never when HTTP says 4xx, even when the span is marked as an error', () => {
    expect(failed({ 'http.response.status_code': '404' }, SpanStatus.error)).toBe(false);
    expect(failed({ 'http.response.status_code': '499' }, SpanStatus.error)).toBe(false);
  });

  it('when gRPC blames the server, and not when it blames the caller', () => {
    const codes = Array.from({ length: 17 }, (_, code) => code);
    const blamed = codes.filter((code) => failed({ 'rpc.grpc.status_code': String(code) }));
    expect(blamed).toEqual([2, 4, 12, 13, 14, 15]);
    expect(failed({ 'rpc.grpc.status_code': '5' }, SpanStatus.error)).toBe(false);
  });

  it('when only the span is marked as an error', () => {
    expect(failed({}, SpanStatus.error)).toBe(true);
    expect(failed({ 'http.response.status_code': '200' }, SpanStatus.error)).toBe(true);
    expect(failed({ 'rpc.grpc.status_code': '0' }, SpanStatus.error)).toBe(true);
    expect(failed({}, SpanStatus.ok)).toBe(false);
  });
});
