import type { LogRecord } from '../../core/evidence/model.ts';
import type { StatePair } from '../../core/evidence/state-span.ts';
import { epochMs, type Instant } from '../../core/time.ts';
import {
  type EvidenceAdapter,
  type Head,
  type NotTaken,
  type Recognition,
  type RecordReader,
  rejected,
  skipped,
} from './adapter.ts';
import { awsInstant } from './aws-instant.ts';
import { riskOf } from './cloudtrail-risk.ts';
import { type Difference, differences, differenceWords, opened } from './document-diff.ts';
import { asList, asObject, asText, bounded, type Json, type JsonObject, named, parseJson } from './json.ts';

/**
 * AWS Config: the history of resources (`get-resource-config-history`, the files of a delivery channel, snapshots, change
 * events from EventBridge, what a rule's function is called with). Each item says what a resource was like from then on, so
 * two consecutive ones make a change with its difference.
 * Fields: https://docs.aws.amazon.com/config/latest/APIReference/API_ConfigurationItem.html
 */
export const awsConfig: EvidenceAdapter = {
  id: 'aws_config',
  recognise,
  read: () => rejected('items of AWS Config are read file by file'),
  notes: () => [],
  open: configReader,
};

/** What is kept of items that wait for the one before them, in characters. */
const MOST_HELD = 32 * 1024 * 1024;
/** What changes by itself all the time. */
const VOLATILE: ReadonlySet<string> = new Set([
  'latestRestorableTime',
  'roleLastUsed',
  'passwordLastUsed',
  'lastUsedDate',
  'stateTransitionReason',
]);
/** AWS services whose events carry another name than their resources do. */
const SOURCES: Readonly<Record<string, string>> = {
  apigatewayv2: 'apigateway',
  certificatemanager: 'acm',
  cloudwatch: 'monitoring',
  cognito: 'cognito-idp',
  efs: 'elasticfilesystem',
  elasticloadbalancingv2: 'elasticloadbalancing',
  elasticsearch: 'es',
  msk: 'kafka',
  opensearch: 'es',
  opensearchservice: 'es',
  stepfunctions: 'states',
};

function recognise({ paths }: Head): Recognition | null {
  const found = (recognisedAs: string, key: string | null): Recognition => ({
    kind: 'records',
    recognisedAs,
    container: key === null ? { kind: 'sequence' } : key === '' ? { kind: 'list' } : { kind: 'wrapped', key },
  });
  const isItem = (at: string): boolean =>
    paths.has(`${at}configurationItemCaptureTime`) && paths.has(`${at}resourceType`);
  const isSnapshot = paths.has('configSnapshotId') && paths.has('fileVersion');
  if (isItem('configurationItems[].')) {
    return found(isSnapshot ? 'aws_config_snapshot' : 'aws_config_history', 'configurationItems');
  }
  if (paths.has('configurationItems') && isSnapshot)
    return found('aws_config_snapshot', 'configurationItems');
  if (isItem('[].')) return found('aws_config_history', '');
  if (paths.has('detail.configurationItem') && paths.has('detail.messageType')) {
    return found('aws_config_change', null);
  }
  if (paths.has('[].detail.configurationItem')) return found('aws_config_change', '');
  if (paths.has('invokingEvent') && paths.has('configRuleName')) return found('aws_config_change', null);
  return isItem('') ? found('aws_config_history', null) : null;
}

interface Item {
  readonly fields: JsonObject;
  readonly at: Instant;
  readonly type: string;
  readonly resource: string;
  readonly size: number;
  readonly id: string;
}

interface Ends {
  readonly oldest: Item;
  readonly newest: Item;
  /** The one read last. */
  readonly last: Item;
}

function sizeOf({ oldest, newest }: Ends): number {
  return oldest === newest ? oldest.size : oldest.size + newest.size;
}

/** As `changeBetween` takes it. */
function textOf({ fields, id }: Item): string {
  return JSON.stringify({ fields, id });
}

/** The change between two states of a resource that two files ended and began with; null when nothing that matters had changed. */
export function changeBetween({ before, after }: StatePair): LogRecord | null {
  const [was, is] = [itemOf(before), itemOf(after)];
  if (was === null || is === null) return null;
  const change = between(was, is);
  return 'notTaken' in change ? null : change;
}

/** The id under which what is told of a state stands, as a file that begins with it tells it too. */
export function stateId(text: string): string {
  return asText(asObject(parseJson(text))?.['id']);
}

function itemOf(text: string): Item | null {
  const kept = asObject(parseJson(text));
  const item = itemIn(kept?.['fields'] ?? null, () => asText(kept?.['id']));
  return 'notTaken' in item ? null : item;
}

/** A reader of one file: an item waits for the next one of its resource, which in the CLI's output is the one before it. */
function configReader(): RecordReader {
  /** The oldest and the newest item of each resource so far; one of them was read last. */
  const waiting = new Map<string, Ends>();
  /** Changes of items that came first in a file that begins with the oldest. */
  const firsts: LogRecord[] = [];
  let held = 0;
  let alone = 0;
  let daily = false;

  function keep(key: string, before: Ends, after: Ends): void {
    waiting.set(key, after);
    held += sizeOf(after) - sizeOf(before);
  }

  function alonePart(item: Item): readonly LogRecord[] {
    const record = lone(item);
    if (record === null) return [];
    alone += 1;
    return [record];
  }

  return {
    read(value, contentId) {
      const item = itemIn(value, contentId);
      if ('notTaken' in item) return item;
      if (item.fields['recordingFrequency'] === 'DAILY') daily = true;
      const told = asObject(item.fields['configurationItemDiff']);
      if (told !== null) return recordOf(item, 'changed', toldDifferences(told));
      const key = `${item.type} ${item.resource}`;
      const other = waiting.get(key);
      if (other === undefined) {
        if (held + item.size <= MOST_HELD) {
          waiting.set(key, { oldest: item, newest: item, last: item });
          held += item.size;
        } else firsts.push(...alonePart(item));
        return skipped('items of AWS Config that the others are held against');
      }
      if (item.at < other.oldest.at) {
        keep(key, other, { ...other, oldest: item, last: item });
        return between(item, other.oldest);
      }
      if (item.at >= other.newest.at) {
        keep(key, other, { ...other, newest: item, last: item });
        return between(other.newest, item);
      }
      // Neither goes on nor back from the ends: of the item read last it is known on which side it is.
      const { last } = other;
      waiting.set(key, { ...other, last: item });
      return item.at < last.at ? skipped('items of AWS Config out of order') : between(last, item);
    },
    rest: () => firsts,
    restSpans() {
      return [...waiting].map(([resource, { oldest, newest }]) => ({
        resource,
        fromMs: epochMs(oldest.at),
        toMs: epochMs(newest.at),
        oldest: textOf(oldest),
        newest: newest === oldest ? null : textOf(newest),
        alone: alonePart(oldest)[0] ?? null,
      }));
    },
    notes({ recognisedAs, tail }) {
      const notes = [
        `AWS Config writes a change down minutes after it was made${daily ? '; here once a day, so that a change may be up to a day older than its time' : ''}. Who made it is in CloudTrail.`,
      ];
      if (recognisedAs === 'aws_config_snapshot')
        notes.push('A snapshot: when each resource last changed, and not how.');
      else if (alone > 0)
        notes.push(
          `The state before ${alone === 1 ? 'one change' : `${alone} changes`} is not in this file: what changed is known where another file of the incident has it.`,
        );
      if (/"nextToken"\s*:\s*"/i.test(tail)) notes.push('There were more items than were saved.');
      return notes;
    },
  };
}

function itemIn(value: Json, contentId: () => string): Item | NotTaken {
  const outer = asObject(value);
  if (outer === null) return rejected('not an object');
  const envelope = asObject(opened(outer['invokingEvent'])) ?? asObject(outer['detail']);
  const inner = envelope === null ? null : asObject(envelope['configurationItem']);
  const told = envelope === null ? undefined : envelope['configurationItemDiff'];
  const fields: JsonObject =
    inner === null ? outer : told === undefined ? inner : { ...inner, configurationItemDiff: told };
  const type = asText(fields['resourceType']);
  const resource = asText(fields['resourceId']) || asText(fields['resourceName']);
  if (type === '' || resource === '') return rejected('no resourceType or resourceId of AWS Config');
  const at = awsInstant(fields['configurationItemCaptureTime']);
  if (at === null) return rejected('configurationItemCaptureTime is missing or is not a time');
  const stateId = fields['configurationStateId'];
  const state = typeof stateId === 'number' ? stateId.toString() : asText(stateId);
  return {
    fields,
    at,
    type: bounded(type, 100),
    resource,
    size: JSON.stringify(fields).length,
    id: state === '' ? contentId() : bounded(`config:${type}:${resource}:${state}`, 512),
  };
}

/** The change between two items of one resource, which is the later one's. */
function between(before: Item, after: Item): LogRecord | NotTaken {
  if (isDeleted(after)) return recordOf(after, 'deleted', []);
  const found = differences(contentOf(before), contentOf(after)).filter(({ path }) => !isVolatile(path));
  const tags = differences(tagsOf(before), tagsOf(after));
  if (found.length > 0) return recordOf(after, 'changed', [...found, ...tags]);
  if (tags.length > 0) return recordOf(after, 'tags changed', tags);
  const relations = differences(relationsOf(before), relationsOf(after));
  if (relations.length > 0) return recordOf(after, 'relations changed', relations);
  return skipped('items of AWS Config in which nothing that matters had changed');
}

/** An item whose predecessor is not known still tells that the resource changed or came into being; null when it does not. */
function lone(item: Item): LogRecord | null {
  if (isDeleted(item)) return recordOf(item, 'deleted', []);
  const created = awsInstant(item.fields['resourceCreationTime']);
  const fresh = created !== null && Math.abs(epochMs(item.at) - epochMs(created)) <= 24 * 60 * 60_000;
  if (fresh) return { ...recordOf(item, 'created', []), at: created };
  if (asText(item.fields['configurationItemStatus']) === 'ResourceDiscovered') return null;
  return recordOf(item, 'changed', [], 'the state before it is not in this file');
}

function isDeleted({ fields }: Item): boolean {
  return asText(fields['configurationItemStatus']).startsWith('ResourceDeleted');
}

function contentOf({ fields }: Item): Json | undefined {
  const own: Record<string, Json | undefined> = { ...asObject(opened(fields['configuration'])) };
  delete own['tags'];
  const more = asObject(opened(fields['supplementaryConfiguration']));
  return more === null ? own : { ...own, ...more };
}

function tagsOf({ fields }: Item): Json | undefined {
  return { tags: asObject(fields['tags']) ?? {} };
}

function relationsOf({ fields }: Item): Json | undefined {
  return {
    relations: asList(fields['relationships']).map((item) => {
      const relation = asObject(item);
      const what = asText(relation?.['relationshipName']) || asText(relation?.['name']);
      return `${what} ${asText(relation?.['resourceId']) || asText(relation?.['resourceName'])}`.trim();
    }),
  };
}

function isVolatile(path: string): boolean {
  return path.split('.').some((key) => VOLATILE.has(key));
}

/** What EventBridge says of the change itself: `{changedProperties: {path: {previousValue, updatedValue, changeType}}}`. */
function toldDifferences(diff: JsonObject): Difference[] {
  const changed = asObject(diff['changedProperties']) ?? {};
  return Object.entries(changed).map(([path, item]) => {
    const change = asObject(item);
    return {
      path: path.replace(/^Configuration\./, ''),
      was: change?.['previousValue'] ?? undefined,
      is: change?.['updatedValue'] ?? undefined,
    };
  });
}

function recordOf(item: Item, what: string, changes: readonly Difference[], note = ''): LogRecord {
  const { fields, type } = item;
  const account = asText(fields['accountId']) || asText(fields['awsAccountId']);
  const arn = asText(fields['arn']) || asText(fields['ARN']);
  const risk = riskIn(changes, account);
  const words = [...changes.map(differenceWords), note].filter((part) => part !== '');
  const related = asList(fields['relatedEvents']).map(asText);
  return {
    id: item.id,
    at: item.at,
    source: sourceOf(type),
    name: bounded(`${type} ${what}`, 128),
    region: bounded(asText(fields['awsRegion']), 64),
    account: bounded(account, 64),
    principal: '',
    actor: 'unknown',
    sourceIp: '',
    userAgent: '',
    readOnly: false,
    errorCode: null,
    errorMessage: null,
    resources: [...new Set([arn, item.resource, asText(fields['resourceName']), ...related])]
      .filter((name) => name !== '')
      .slice(0, 20)
      .map((name) => bounded(name, 512)),
    flags: ['from_aws_config', ...risk.flags],
    detail: bounded([...risk.detail, ...words].join('; '), 600),
  };
}

/** Network rules that were gained count like the call that adds them; so does a Deny that a policy gained. */
function riskIn(
  changes: readonly Difference[],
  account: string,
): { readonly flags: readonly string[]; readonly detail: readonly string[] } {
  const gained = changes.flatMap(({ path, was, is }) => {
    const rule = was === undefined && path.endsWith('ipPermissions') ? asObject(is) : null;
    return rule === null ? [] : [{ ...rule, ipRanges: rangesOf(rule) }];
  });
  const denies = changes.some(({ is }) => is === 'Deny' || asObject(is)?.['Effect'] === 'Deny');
  const rules = riskOf('AuthorizeSecurityGroupIngress', { ipPermissions: gained }, account);
  return denies ? { ...rules, flags: [...rules.flags, 'explicit_deny'] } : rules;
}

function rangesOf(rule: JsonObject): readonly Json[] {
  // Items of today have both, the older ones the first only.
  const ranges = [rule['ipRanges'], rule['ipv4Ranges']].map(asList).find((list) => list.length > 0) ?? [];
  return ranges.map((range) => (typeof range === 'string' ? { cidrIp: range } : range));
}

/** `ec2.amazonaws.com` of `AWS::EC2::SecurityGroup`. */
function sourceOf(type: string): string {
  const service = (type.split('::')[1] ?? 'config').toLowerCase();
  return `${named(SOURCES, service) ?? service}.amazonaws.com`;
}
