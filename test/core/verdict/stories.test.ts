import { describe, expect, it } from 'vitest';
import { judge } from '../../../main/core/verdict/judge.ts';
import { generalPlaybook } from '../playbook/general-playbook.ts';
import { factsFrom } from './facts.ts';

const playbook = generalPlaybook();

/** Google Cloud, 12 June 2025: onset 17:51 UTC, the status page silent for over an hour. */
const GOOGLE = [
  'provider_status_page=no_incident@10',
  'error_signature=internal_5xx@2',
  'failure_scope=global@12',
  'plane=both@13',
  'recent_change=none@8',
  'clean_canary=failing@18',
  'independent_reports=many@20',
];

/** An AWS account, 10 July 2023: a bucket policy of 12:22:41 and security groups of 12:10, onset 12:23 UTC. */
const AWS = [
  'provider_status_page=no_incident@5',
  'error_signature=none_visible@1',
  'recent_change=configuration,iam_policy,network_rule@8',
  'change_touches_failure=yes@12',
  'change_minutes_before=1@13',
  'exposure_or_credential_misuse=yes@18',
  'failure_scope=single_resource@10',
];

describe('the two rehearsed incidents', () => {
  it("finds Google's fault on Google's side while the status page is silent", () => {
    const judgement = judge(playbook, factsFrom('gcp', 21, GOOGLE));
    expect([judgement.verdict, judgement.declared, judgement.trigger]).toEqual([
      'provider',
      true,
      'provider',
    ]);
    expect(judgement.probabilities.provider).toBeGreaterThan(0.9);
    expect(judgement.missing).toEqual([]);
  });

  it('finds it with several regions instead of all, too', () => {
    const lines = GOOGLE.map((line) => line.replace('=global', '=multi_region'));
    expect(judge(playbook, factsFrom('gcp', 21, lines)).verdict).toBe('provider');
  });

  it('is not held back by a page that is still silent after an hour', () => {
    const lines = GOOGLE.map((line) => line.replace('no_incident@10', 'no_incident@65'));
    expect(judge(playbook, factsFrom('gcp', 66, lines)).verdict).toBe('provider');
  });

  it('finds the open bucket on our side', () => {
    const judgement = judge(playbook, factsFrom('aws', 20, AWS));
    expect([judgement.verdict, judgement.declared, judgement.trigger]).toEqual([
      'customer',
      true,
      'customer',
    ]);
    expect(judgement.contributions[0]?.towards).toBe('customer');
  });

  it('names shared as a trigger on their side and a spread on ours', () => {
    const judgement = judge(
      playbook,
      factsFrom('azure', 25, [
        'error_signature=timeout_or_connection@1',
        'provider_status_page=incident_matching_scope@20',
        'recent_change=none@6',
        'failure_scope=one_zone@10',
        'plane=data@11',
        'clean_canary=failing@16',
        'redundancy=single_zone@19',
      ]),
    );
    expect([judgement.verdict, judgement.trigger, judgement.spread.side]).toEqual([
      'shared',
      'provider',
      'customer',
    ]);
  });
});
