import type { Change } from '../../contract/api/definitions.ts';
import type { BoardRow, ObjectiveDetail } from '../../contract/api/objectives.ts';
import type { WindowState, WindowStatus } from '../../contract/api/status.ts';

const NOW = '2026-11-24T12:00:00.000Z';

/** One window of an objective with a target of 99.9 %. */
export function windowExample(window: string, state: WindowState, given: Partial<WindowStatus> = {}): WindowStatus {
  return {
    window,
    from: '2026-11-24T11:00:00.000Z',
    to: NOW,
    state,
    sli: state === 'no-data' ? null : 0.99951,
    sliText: state === 'no-data' ? 'no data' : '99.951%',
    good: 9995,
    valid: 10_000,
    coverage: 1,
    watermark: NOW,
    budget: {
      target: 0.999,
      targetText: '99.9%',
      allowed: 10,
      spent: 5,
      remaining: 0.51,
      remainingText: '51%',
      minutes: 0.5,
    },
    burnRates: [],
    ...given,
  };
}

export const overspent: WindowStatus['budget'] = {
  target: 0.999,
  targetText: '99.9%',
  allowed: 10,
  spent: 123,
  remaining: -11.3,
  remainingText: '-1130%',
  minutes: -11,
};

export function boardRowExample(name: string, cells: readonly WindowStatus[]): BoardRow {
  return {
    name,
    title: `Title of ${name}`,
    owner: 'identity',
    audience: 'sre',
    tags: {},
    indicatorText: 'Share of requests to authentication without failure',
    service: 'authentication',
    target: 0.999,
    targetText: '99.9%',
    warning: null,
    warningText: null,
    windows: cells.map((cell) => cell.window),
    primaryWindow: cells.at(-1)?.window ?? '30d',
    indicatorVersion: 1,
    backfill: { state: 'done', progress: 1 },
    state: cells.at(-1)?.state ?? 'no-data',
    cells: [...cells],
  };
}

export function detailExample(name: string): ObjectiveDetail {
  const { state: _state, cells: _cells, ...row } = boardRowExample(name, [windowExample('30d', 'healthy')]);
  const indicator = { kind: 'request-availability' as const, service: 'authentication' };
  return {
    ...row,
    description: 'People cannot reach their money.',
    indicator,
    createdAt: NOW,
    updatedAt: NOW,
    definition: {
      apiVersion: 'verdant/v1',
      kind: 'Objective',
      metadata: { name, tags: {} },
      spec: {
        description: 'People cannot reach their money.',
        owner: 'identity',
        audience: 'sre',
        indicator,
        target: '99.9%',
        windows: ['30d'],
        minimumCoverage: '0%',
      },
    },
    definitionYaml: `apiVersion: verdant/v1\nkind: Objective\nmetadata:\n  name: ${name}\n`,
  };
}

export function changeExample(name: string, action: Change['action'], given: Partial<Change> = {}): Change {
  return { name, action, newIndicatorVersion: false, fields: [], ...given };
}
