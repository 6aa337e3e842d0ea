import { describe, expect, it } from 'vitest';
import { COULD_NOT_CHECK } from '../../../main/core/playbook/definition.ts';
import { lintPlaybook } from '../../../main/core/playbook/lint.ts';
import { generalPlaybook } from './general-playbook.ts';

/** The vocabulary of checks: what coded incidents, scenarios and imports name. */
const VOCABULARY: Readonly<Record<string, string>> = {
  provider_status_page: 'unreachable no_incident incident_other_scope incident_matching_scope',
  provider_account_health: 'none matching_event other_event not_available',
  independent_reports: 'none few many',
  clean_canary: 'failing healthy',
  other_locations: 'failing healthy',
  failure_scope: 'single_resource one_component one_zone one_region multi_region global multi_provider',
  error_signature:
    'internal_5xx timeout_or_connection capacity throttling authentication_failure authorization_denied dns_failure tls_certificate data_missing_or_wrong application_exception resource_exhaustion none_visible',
  plane: 'control data both',
  announced_by_provider: 'yes no',
  recent_change:
    'none deploy configuration iam_policy network_rule dns certificate_or_secret data_operation scheduled_or_automatic infrastructure_as_code',
  change_touches_failure: 'yes no',
  change_minutes_before: 'minutes',
  rollback_result: 'fixed no_effect not_possible',
  audit_log_policy_change: 'yes no logs_missing',
  denied_principals: 'one related_group unrelated_many',
  expiry: 'expired valid',
  quota_usage: 'over_own_limit under_limit limit_changed_by_provider',
  exposure_or_credential_misuse: 'yes no',
  own_traffic: 'surge normal drop',
  redundancy: 'single_zone multi_zone multi_region',
  failover_worked: 'yes no not_attempted',
  third_party_dependency: 'healthy incident not_used',
  logging_gap: 'yes no',
  unpatched_or_vulnerable: 'yes no',
};

describe('the general playbook', () => {
  const playbook = generalPlaybook();

  it('has exactly the checks and answers of the vocabulary', () => {
    const has = playbook.checks.map(({ id, answers }) => [
      id,
      answers
        .map((answer) => answer.id)
        .filter((answer) => answer !== COULD_NOT_CHECK)
        .join(' '),
    ]);
    expect(Object.fromEntries(has)).toEqual(VOCABULARY);
  });

  it('takes several answers and a number where the vocabulary does', () => {
    expect(playbook.checks.filter(({ several }) => several).map(({ id }) => id)).toEqual([
      'error_signature',
      'recent_change',
    ]);
    expect(playbook.checks.filter(({ asksNumber }) => asksNumber).map(({ id }) => id)).toEqual([
      'change_minutes_before',
    ]);
  });

  it('has no fault', () => {
    expect(lintPlaybook(playbook)).toEqual([]);
  });

  it('says how to find out on every cloud, wherever a cloud has anything to ask', () => {
    const without = playbook.checks
      .filter(({ howTo }) => howTo.all.length === 0)
      .filter(({ howTo }) => [howTo.aws, howTo.gcp, howTo.azure].some((steps) => steps.length === 0));
    expect(without.map(({ id }) => id)).toEqual([]);
    const weak = playbook.checks.filter(({ howTo }) =>
      [howTo.all, howTo.aws, howTo.gcp, howTo.azure].every((steps) => steps.length === 0),
    );
    expect(weak).toEqual([]);
  });

  it('looks at our own side in the order logging, access, exposure, encryption', () => {
    const wanted = ['logging_gap', 'audit_log_policy_change', 'exposure_or_credential_misuse', 'expiry'];
    expect(playbook.order.filter((id) => wanted.includes(id))).toEqual(wanted);
  });

  it('asks what changes with time again', () => {
    expect(playbook.checks.find(({ id }) => id === 'provider_status_page')?.changesWithTime).toBeDefined();
  });

  it('uses only round weights: multiples of a tenth, none over three', () => {
    const numbers = playbook.checks.flatMap(({ weights }) =>
      weights.flatMap(({ logOdds, byMinute, byNumber }) =>
        [
          logOdds,
          ...(byMinute ?? []).map((one) => one.logOdds),
          ...(byNumber ?? []).map((one) => one.logOdds),
        ].flatMap((one) => Object.values(one)),
      ),
    );
    expect(
      numbers.filter((one) => Math.abs(one * 10 - Math.round(one * 10)) > 1e-9 || Math.abs(one) > 3),
    ).toEqual([]);
  });
});
