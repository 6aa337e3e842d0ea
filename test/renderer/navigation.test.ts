import { describe, expect, it } from 'vitest';
import { hrefOf, parseRoute, PLAIN_VIEWS, type Route } from '../../renderer/lib/navigation.ts';

describe('addresses', () => {
  it.each<Route>([
    ...PLAIN_VIEWS.map((view) => ({ view })),
    { view: 'incident', id: 'a1', tab: 'triage' },
    { view: 'incident', id: 'w:1.2_x-3', tab: 'escalation' },
    { view: 'incident', id: 'a1', tab: 'timeline', query: { kind: 'verdict', from: '17:51 & later' } },
  ])('%j is found again from its own address', (route) => {
    expect(parseRoute(hrefOf(route))).toEqual(route);
  });

  it.each<[string, Route]>([
    ['', { view: 'incidents' }],
    ['#', { view: 'incidents' }],
    ['#/nowhere', { view: 'incidents' }],
    ['#/incident', { view: 'incidents' }],
    ['#/incident/', { view: 'incidents' }],
    ['#/incident/a1', { view: 'incident', id: 'a1', tab: 'triage' }],
    ['#/incident/a1/unknown', { view: 'incident', id: 'a1', tab: 'triage' }],
    ['#/incident/%E0%A4%A/triage', { view: 'incident', id: '%E0%A4%A', tab: 'triage' }],
  ])('%s leads to %j', (hash, route) => {
    expect(parseRoute(hash)).toEqual(route);
  });
});
