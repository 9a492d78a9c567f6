import { describe, expect, it } from 'vitest';
import { EndpointCap, OTHER } from './endpoint-cap.ts';

const limits = { services: 2, namespaces: 3, endpointsPerService: 3, endpoints: 5 };

describe('the cap on names', () => {
  it('keeps the first endpoints of a service and gathers the rest', () => {
    const cap = new EndpointCap(limits);
    expect(['/a', '/b', '/c', '/d', '/a'].map((name) => cap.endpoint('bank', name))).toEqual([
      '/a',
      '/b',
      '/c',
      OTHER,
      '/a',
    ]);
    expect(cap.endpoint('shop', '/d')).toBe('/d');
  });

  it('keeps the first services and gathers the rest, with all of their endpoints', () => {
    const cap = new EndpointCap(limits);
    expect(['bank', 'shop', 'spam', 'bank'].map((name) => cap.service(name))).toEqual(['bank', 'shop', OTHER, 'bank']);
    expect(cap.endpoint('spam', '/a')).toBe(OTHER);
    expect(cap.endpoint(OTHER, '/a')).toBe(OTHER);
  });

  it('bounds the namespaces of all services together', () => {
    const cap = new EndpointCap(limits);
    expect(['eu', 'us', 'eu', ''].map((name) => cap.namespace('bank', name))).toEqual(['eu', 'us', 'eu', '']);
    expect(['eu', 'us', '', 'eu'].map((name) => cap.namespace('shop', name))).toEqual(['eu', OTHER, '', 'eu']);
    expect(cap.namespace('bank', 'us')).toBe('us');
  });

  it('bounds the endpoints of all services together', () => {
    const cap = new EndpointCap(limits);
    for (const name of ['/a', '/b', '/c']) cap.endpoint('bank', name);
    expect(['/a', '/b', '/c'].map((name) => cap.endpoint('shop', name))).toEqual(['/a', '/b', OTHER]);
  });

  it('gives the same names after a restart when it is told what it knew', () => {
    const cap = new EndpointCap(limits);
    cap.seed([
      { service: 'bank', endpoint: '/x' },
      { service: 'bank', endpoint: '/y' },
      { service: 'bank', endpoint: '/z' },
    ]);
    expect(cap.endpoint('bank', '/a')).toBe(OTHER);
    expect(cap.endpoint('bank', '/z')).toBe('/z');
  });

  it('does not spend a place on the name that stands for the rest', () => {
    const cap = new EndpointCap(limits);
    cap.seed([{ service: 'bank', endpoint: OTHER }]);
    expect(['/a', '/b', '/c'].map((name) => cap.endpoint('bank', name))).toEqual(['/a', '/b', '/c']);
  });
});
