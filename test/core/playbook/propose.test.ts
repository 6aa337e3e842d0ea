import { describe, expect, it } from 'vitest';
import { proposePlaybook } from '../../../main/core/playbook/propose.ts';
import { deepenedPlaybooks } from './built-in.ts';

const built = deepenedPlaybooks().map(({ playbook: { id }, symptoms }) => ({ id, symptoms }));

function proposed(text: string, ...errorSignatures: string[]): string | null {
  return proposePlaybook({ text, errorSignatures }, built);
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

  it('counts a word only where a word begins', () => {
    expect(proposed('The hotelsearch is adbanned')).toBeNull();
  });
});
