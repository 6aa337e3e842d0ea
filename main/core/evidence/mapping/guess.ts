import { outcomeOf } from './outcome.ts';
import type { Mapping, Role, RowSample } from './model.ts';
import { cell, ROLES, type Row } from './row.ts';
import { readTime } from './times.ts';

/** A first mapping for a person to correct, and what it rests on. */
export interface Guess {
  readonly mapping: Mapping;
  /** Fields whose values can be read as times, likeliest first. */
  readonly timeFields: readonly string[];
  /** Some times name no zone: that of the mapping decides. */
  readonly needsZone: boolean;
  /** Some times name no year: the latest that fits is taken. */
  readonly needsYear: boolean;
  /** Day and month can be told apart by a value above twelve; otherwise the order is a choice. */
  readonly order: 'not_used' | 'known' | 'open';
}

const ENOUGH_TIMES = 0.8;

/** Names of fields by what they mean to us, by their letters alone, likeliest first. */
const NAMES: Readonly<Record<Role | 'time', readonly string[]>> = {
  time: [
    'eventtime',
    'timestamp',
    'time',
    'ts',
    'datetime',
    'occurredat',
    'date',
    'createdat',
    'timegenerated',
    'starttime',
    'started',
    'start',
    'created',
    'when',
    'at',
    't',
  ],
  name: [
    'eventname',
    'action',
    'operationname',
    'operation',
    'event',
    'activity',
    'eventtype',
    'methodname',
    'method',
    'command',
    'verb',
    'name',
    'title',
    'type',
    'request',
    'change',
  ],
  principal: [
    'principal',
    'user',
    'username',
    'useremail',
    'actor',
    'caller',
    'email',
    'initiatedby',
    'author',
    'by',
    'who',
    'owner',
    'identity',
    'login',
    'deployer',
    'startedby',
    'createdby',
    'changedby',
    'modifiedby',
    'requestedby',
    'deployedby',
    'executedby',
    'triggeredby',
  ],
  resource: [
    'resource',
    'resourceid',
    'resourcename',
    'resourcearn',
    'arn',
    'target',
    'object',
    'path',
    'uri',
    'url',
    'instance',
    'component',
    'environment',
    'table',
    'database',
    'bucket',
  ],
  error: [
    'errorcode',
    'error',
    'statuscode',
    'status',
    'outcome',
    'result',
    'responsecode',
    'code',
    'level',
    'severity',
    'loglevel',
    'lvl',
    'state',
  ],
  message: [
    'message',
    'msg',
    'errormessage',
    'description',
    'details',
    'detail',
    'text',
    'summary',
    'reason',
    'log',
    'body',
    'comment',
    'notes',
  ],
  region: ['region', 'awsregion', 'location', 'datacenter', 'datacentre', 'dc', 'site', 'zone'],
  account: [
    'account',
    'accountid',
    'subscriptionid',
    'subscription',
    'project',
    'projectid',
    'tenant',
    'tenantid',
  ],
  source: [
    'source',
    'eventsource',
    'service',
    'servicename',
    'application',
    'app',
    'system',
    'program',
    'logger',
    'host',
    'hostname',
    'component',
    'pipeline',
    'server',
  ],
  address: [
    'sourceip',
    'sourceipaddress',
    'clientip',
    'remoteaddr',
    'remoteaddress',
    'address',
    'ip',
    'callerip',
    'client',
  ],
};

/** Words of changes, in names of deployments and of calls. */
const CHANGES =
  /\b(deploy|releas|roll(ed|ing)?[ -]?(back|out)|rollback|creat|updat|delet|modif|put|attach|detach|merg|appl(y|ied)|restart|scal(e|ing)|chang|enabl|disabl|rotat|migrat|promot|terminat|remov|add|set|edit|install|upgrad)/i;

/** Guesses which field is what; null when no field holds times. `reference` as in `applyMapping`. */
export function guessMapping({ shape, rows }: RowSample, name: string, reference: number): Guess | null {
  const fields = shape.fields;
  const order = orderIn(fields, rows);
  const sense = { zone: 'UTC', order: order.order, reference };
  const timeFields = fields
    .filter((field) => isTime(field, rows, sense))
    .sort((a, b) => rankOf(a, 'time') - rankOf(b, 'time'));
  const time = timeFields[0];
  if (time === undefined) return null;
  const chosen = rolesOf(fields, rows, time);
  const read = rows.flatMap((row) => readTime(cell(row, time), sense) ?? []);
  return {
    mapping: {
      name,
      shape,
      time: { field: time, zone: 'UTC', order: order.order },
      fields: chosen,
      rows: isMostlyChanges(rows, chosen.name) && shape.format !== 'text' ? 'changes' : 'events',
    },
    timeFields,
    needsZone: read.some(({ zoned }) => !zoned),
    needsYear: read.some(({ yearless }) => yearless),
    order: read.some(({ ordered }) => ordered) ? (order.known ? 'known' : 'open') : 'not_used',
  };
}

function isTime(field: string, rows: readonly Row[], sense: Parameters<typeof readTime>[1]): boolean {
  const values = rows.map((row) => cell(row, field)).filter((value) => value.trim() !== '');
  if (values.length === 0) return false;
  const times = values.filter((value) => readTime(value, sense) !== null);
  if (times.length / values.length < ENOUGH_TIMES) return false;
  // A long number is a time only where its name says so, or as much: ids are long numbers too.
  const plainNumbers = values.every((value) => /^[\d.]+$/.test(value.trim()));
  return !plainNumbers || rankOf(field, 'time') < UNKNOWN || /time|date|stamp|epoch|_at$|_ts$/i.test(field);
}

const UNKNOWN = 1_000;

function rankOf(field: string, role: Role | 'time'): number {
  const names = NAMES[role];
  const whole = names.indexOf(lettersOf(field));
  if (whole !== -1) return whole;
  const last = names.indexOf(lettersOf(field.slice(field.lastIndexOf('.') + 1)));
  // An inner field of that name is a weaker sign than an outer one.
  return last === -1 ? UNKNOWN : names.length + last;
}

function lettersOf(name: string): string {
  return name.toLowerCase().replace(/[^a-z]/g, '');
}

/** The likeliest field for each role; a field serves once. Without a field of errors none is made up. */
function rolesOf(fields: readonly string[], rows: readonly Row[], time: string): Mapping['fields'] {
  const taken = new Set([time]);
  const chosen: Partial<Record<Role, string>> = {};
  for (const role of ROLES) {
    const candidates = fields
      .filter((field) => !taken.has(field) && rankOf(field, role) < UNKNOWN)
      .filter((field) => rows.some((row) => cell(row, field).trim() !== ''))
      .filter((field) => role !== 'error' || saysOutcomes(field, rows))
      .sort((a, b) => rankOf(a, role) - rankOf(b, role));
    const best = candidates[0];
    if (best === undefined) continue;
    chosen[role] = best;
    taken.add(best);
  }
  return chosen;
}

/** A field of outcomes has few different values; one whose every value is another failure is a message. */
function saysOutcomes(field: string, rows: readonly Row[]): boolean {
  const values = rows.map((row) => cell(row, field).trim()).filter((value) => value !== '');
  const failures = new Set(values.flatMap((value) => outcomeOf(value) ?? []));
  return values.every((value) => value.length <= 80) && failures.size <= Math.max(3, values.length / 3);
}

function isMostlyChanges(rows: readonly Row[], name: string | undefined): boolean {
  if (name === undefined) return false;
  const changes = rows.filter((row) => CHANGES.test(cell(row, name).replace(/[_.]/g, ' ')));
  return changes.length > rows.length / 3;
}

/** Which of day and month comes first in times such as `03/04/2026`: a number above twelve is a day. */
function orderIn(
  fields: readonly string[],
  rows: readonly Row[],
): { readonly order: 'dmy' | 'mdy'; readonly known: boolean } {
  for (const row of rows) {
    for (const field of fields) {
      const found = /^(\d{1,2})[/.-](\d{1,2})[/.-]\d{4}\b/.exec(cell(row, field).trim());
      if (found === null) continue;
      if (Number(found[1]) > 12) return { order: 'dmy', known: true };
      if (Number(found[2]) > 12) return { order: 'mdy', known: true };
      // A dot is written between day and month, never between month and day.
      if (
        cell(row, field)
          .trim()
          .charAt(found[1]?.length ?? 0) === '.'
      )
        return { order: 'dmy', known: true };
    }
  }
  return { order: 'dmy', known: false };
}
