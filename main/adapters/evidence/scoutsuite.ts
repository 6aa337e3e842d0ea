import type { StateFinding } from '../../core/evidence/state-finding.ts';
import {
  type EvidenceAdapter,
  type FindingsTaken,
  type NotTaken,
  type Recognition,
  type RecordReader,
  rejected,
} from './adapter.ts';
import { findingOf, idFrom, momentIn } from './finding.ts';
import { asList, asObject, asText, bounded, type JsonObject, named } from './json.ts';

const PREFIX = 'scoutsuite_results =';
/** Resources listed of one rule; what is beyond is counted in the last one's detail. */
const MOST_ITEMS = 1_000;

/**
 * The results of a ScoutSuite report, `scoutsuite_results_*.js`: one assignment in JavaScript, the value of which is JSON.
 * It can only be read as a whole: a rule names its resources by their paths in the rest of the document.
 */
export const scoutSuite: EvidenceAdapter = {
  id: 'scoutsuite',
  recognise({ text, paths }): Recognition | null {
    const isScript = text.trimStart().startsWith(PREFIX);
    if (!isScript && !(paths.has('last_run.ruleset_name') && paths.has('provider_code'))) return null;
    return {
      kind: 'records',
      recognisedAs: 'scoutsuite',
      container: { kind: 'document', ...(isScript ? { prefix: PREFIX } : {}) },
    };
  },
  read: () => rejected('no report of ScoutSuite'),
  notes: () => [],
  open: reportReader,
};

function reportReader(): RecordReader {
  let limits: readonly string[] = [];
  return {
    read(value) {
      const report = asObject(value);
      if (report === null) return rejected('not an object');
      limits = limitsOf(asObject(asObject(report['last_run'])?.['run_parameters']));
      return readReport(report);
    },
    notes: () => [NOTHING_LOOKED_AT, ...limits],
  };
}

const NOTHING_LOOKED_AT =
  'A rule that had nothing to look at is left out: the service may be unused, or the scan may not have been allowed to see it.';

const LONGEST_LIMIT = 400;

/** What the person who ran it told it to look at, or to leave out. */
function limitsOf(parameters: JsonObject | null): readonly string[] {
  const given = (key: string): string =>
    bounded(asList(parameters?.[key]).map(asText).join(', '), LONGEST_LIMIT);
  return [
    ['regions', 'The scan looked only at these regions'],
    ['excluded_regions', 'The scan left out these regions'],
    ['services', 'The scan looked only at these services'],
    ['skipped_services', 'The scan left out these services'],
  ].flatMap(([key = '', words = '']) => (given(key) === '' ? [] : [`${words}: ${given(key)}.`]));
}

const LEVELS: Readonly<Record<string, StateFinding['severity']>> = { danger: 'high', warning: 'medium' };

function readReport(report: JsonObject): FindingsTaken | NotTaken {
  const services = asObject(report['services']);
  if (services === null) return rejected('no services in the report');
  const run = asObject(report['last_run']);
  const scan: Scan = {
    services,
    product: `ScoutSuite ${asText(run?.['version'])}`,
    seenAt: momentIn(run?.['time']),
    account: asText(report['account_id']) || asText(report['project_id']),
  };
  const findings = Object.values(services).flatMap((service) => {
    const rules = asObject(asObject(service)?.['findings']) ?? {};
    return Object.entries(rules).flatMap(([name, rule]) => {
      const one = asObject(rule);
      return one === null ? [] : ruleFindings(name, one, scan);
    });
  });
  return { findings };
}

interface Scan {
  readonly services: JsonObject;
  readonly product: string;
  readonly seenAt: StateFinding['seenAt'];
  readonly account: string;
}

function ruleFindings(name: string, rule: JsonObject, scan: Scan): readonly StateFinding[] {
  const checked = typeof rule['checked_items'] === 'number' ? rule['checked_items'] : 0;
  const flagged = typeof rule['flagged_items'] === 'number' ? rule['flagged_items'] : 0;
  const said = {
    source: 'scoutsuite',
    product: scan.product,
    seenAt: scan.seenAt,
    title: asText(rule['description']) || name,
    account: scan.account,
    control: name,
  };
  const severity = named(LEVELS, asText(rule['level'])) ?? 'unknown';
  if (flagged === 0) {
    if (checked === 0) return [];
    const detail = `${checked} looked at, none flagged`;
    return [
      findingOf({
        ...said,
        id: idFrom('scoutsuite', scan.account, name),
        status: 'passing',
        severity,
        detail,
      }),
    ];
  }
  const paths = asList(rule['items']).map(asText);
  const resources = new Map<string, Resource>();
  for (const path of paths) {
    const found = resourceAt(path, scan.services);
    if (resources.size < MOST_ITEMS) resources.set(`${found.region} ${found.name}`, found);
  }
  if (resources.size === 0) resources.set('', { name: '', region: '' });
  return [...resources.values()].map(({ name: resource, region }) =>
    findingOf({
      ...said,
      id: idFrom('scoutsuite', scan.account, name, region, resource),
      status: 'failing',
      severity,
      detail: `${flagged} of ${checked} flagged`,
      resource,
      region,
    }),
  );
}

interface Resource {
  readonly name: string;
  readonly region: string;
}

/** `ec2.regions.eu-west-1.vpcs.vpc-1.security_groups.sg-1.rules…`: the innermost object on the way that has a name or an ARN. */
function resourceAt(path: string, services: JsonObject): Resource {
  const steps = path.split('.');
  let here: JsonObject | null = services;
  let name = '';
  let region = '';
  for (const [at, step] of steps.entries()) {
    if (steps[at - 1] === 'regions') region = step;
    here = here === null || !Object.hasOwn(here, step) ? null : asObject(here[step]);
    if (here !== null) name = asText(here['arn']) || asText(here['name']) || asText(here['id']) || name;
  }
  return { name: name === '' ? path : name, region };
}
