import { describe, expect, it } from 'vitest';
import { proposePlaybook, proposeSwitch, type FirstSymptoms } from '../../../main/core/playbook/propose.ts';
import { deepenedPlaybooks } from './built-in.ts';

const built = deepenedPlaybooks();

function proposed(text: string, ...errorSignatures: string[]): string | null {
  const answers = [{ check: 'error_signature', answers: errorSignatures }];
  return proposePlaybook({ text, answers }, built)?.id ?? null;
}

describe('proposePlaybook', () => {
  it('finds the built-in playbook from the words in which a failure is told', () => {
    expect([
      proposed('Checkout: AccessDenied from S3', 'authorization_denied'),
      proposed('Aurora replica lag, queries slow', 'timeout_or_connection'),
      proposed('api.example.org NXDOMAIN from mobile', 'dns_failure'),
      proposed('429 from the billing API', 'throttling'),
      proposed('Everything in us-east-1 is failing', 'internal_5xx'),
      proposed('Bucket with invoices is public', 'none_visible'),
      proposed('Errors since the last release', 'application_exception'),
      proposed('Lambda times out', 'timeout_or_connection'),
      proposed('kubectl hangs on the EKS cluster', 'timeout_or_connection'),
    ]).toEqual([
      'access_denied',
      'managed_database',
      'dns_certificate',
      'quota_throttling',
      'region_zone_down',
      'data_exposed',
      'deployment_gone_wrong',
      'serverless_function',
      'kubernetes_control_plane',
    ]);
  });

  it('proposes none where none fits, or two fit equally well', () => {
    expect([proposed('It is broken'), proposed('Something', 'timeout_or_connection'), proposed('')]).toEqual([
      null,
      null,
      null,
    ]);
  });

  it('takes a service for a tie-break, never for a reason', () => {
    expect(proposed('Errors from S3')).toBeNull();
    const tie = ['authorization_denied', 'none_visible'];
    expect([proposed('Errors', ...tie), proposed('Errors from IAM', ...tie)]).toEqual([
      null,
      'access_denied',
    ]);
  });

  it('counts a word only where a word begins', () => {
    expect(proposed('The hotelsearch is adbanned')).toBeNull();
  });
});

describe('proposeSwitch', () => {
  const general = { id: 'general' };
  const symptoms = (changes: Partial<FirstSymptoms>): FirstSymptoms => ({
    text: 'Checkout errors',
    answers: [],
    ...changes,
  });
  const denied = { check: 'error_signature', answers: ['authorization_denied', 'internal_5xx'] };
  const inUse = (id: string): ReadonlySet<string> => new Set([id]);
  const switched = (known: FirstSymptoms, used = inUse('general')): string | null =>
    proposeSwitch(known, [general, ...built], used)?.id ?? null;

  it('proposes to change where the answers point to another playbook, and says which answers', () => {
    expect(
      proposeSwitch(
        symptoms({ answers: [denied, { check: 'denied_principals', answers: ['one'] }] }),
        [general, ...built],
        inUse('general'),
      ),
    ).toEqual({
      id: 'access_denied',
      words: [],
      answers: [
        { check: 'error_signature', answer: 'authorization_denied' },
        { check: 'denied_principals', answer: 'one' },
      ],
    });
  });

  it('keeps silent while only words speak for another, or the one in use fits as well', () => {
    expect(switched(symptoms({ text: 'Access denied everywhere' }))).toBeNull();
    const zone = { check: 'failure_scope', answers: ['one_zone'] };
    const both = { check: 'error_signature', answers: ['authorization_denied'] };
    expect(switched(symptoms({ answers: [zone, both] }))).toBeNull();
  });

  it('never proposes to go back to a playbook that was left', () => {
    const known = symptoms({ answers: [denied, { check: 'denied_principals', answers: ['one'] }] });
    expect(switched(known, new Set(['access_denied', 'general']))).toBeNull();
  });

  it('proposes none that is meant for another cloud or a lesser severity', () => {
    const known = symptoms({ answers: [denied, { check: 'denied_principals', answers: ['one'] }] });
    expect(switched({ ...known, provider: 'gcp' })).toBe('access_denied');
    expect(switched({ ...known, provider: 'other' })).not.toBe('access_denied');
    const small = built.map((one) => ({
      ...one,
      appliesTo: { ...one.appliesTo, severities: ['sev4' as const] },
    }));
    expect(proposeSwitch({ ...known, severity: 1 }, small, inUse('general'))).toBeNull();
  });
});
