import type { LinePattern } from './model.ts';
import type { Row } from './row.ts';
import { TIME_PATTERN } from './times.ts';

/** Levels as logs write them. */
const LEVEL =
  'trace|debug|verbose|info|information|informational|notice|warn|warning|error|err|severe|fatal|crit|critical|alert|emerg|emergency|panic';

const ACCESS = new RegExp(
  // host ident user [time] "method path protocol" status bytes "referrer" "agent"
  String.raw`^(\S+) \S+ (.+?) \[([^\]]{10,40})\] "(?:([A-Z]+) (\S+)[^"]*|[^"]*)" (\d{3}) (\d+|-)(?: "([^"]*)" "([^"]*)")?(.*)$`,
);
// <priority>version time host app process message-id structured-data message: https://www.rfc-editor.org/rfc/rfc5424
const SYSLOG_5424 = /^<(\d{1,3})>\d{1,2} (\S+) (\S+) (\S+) (\S+) (\S+) (-|(?:\[[^\]]*\])+) ?(.*)$/s;
// <priority>Mmm dd hh:mm:ss host tag[process]: message: https://www.rfc-editor.org/rfc/rfc3164
const SYSLOG =
  /^(?:<(\d{1,3})>)?([A-Z][a-z]{2} {1,2}\d{1,2} \d{2}:\d{2}:\d{2}(?:\.\d+)?|\d{4}-\d{2}-\d{2}T\S+) (\S+) ([^\s:[]+)(?:\[(\d+)\])?: ?(.*)$/s;
// Lmmdd hh:mm:ss.uuuuuu thread file:line] message: https://pkg.go.dev/k8s.io/klog/v2
const KLOG = /^([IWEF])(\d{2})(\d{2}) (\d{2}:\d{2}:\d{2}\.\d+)\s+(\d+) ([^\]]+)\] (.*)$/s;
const FIRST = new RegExp(`^[[("<]?(${TIME_PATTERN})[\\])">]?[\\s:,|-]*(.*)$`, 's');
const WITHIN = new RegExp(`(?<![\\w.])(${TIME_PATTERN})`);
const REST = new RegExp(
  // [level] or level, then perhaps [thread] and logger before a dash or colon
  `^[[(]?(${LEVEL})[\\])]?:?\\s+(?:\\[([^\\]]*)\\]\\s+)?(?:([\\w.$/-]+)\\s*(?: -|:)\\s+)?(.*)$`,
  'is',
);
const THREAD_FIRST = new RegExp(
  // [thread] level logger - message
  `^\\[([^\\]]*)\\]\\s+(${LEVEL})\\s+(?:([\\w.$/-]+)\\s*(?: -|:)\\s+)?(.*)$`,
  'is',
);
const PAIR = /([\w.@-]+)=("(?:[^"\\]|\\.)*"|\S*)/g;
const KLOG_LEVELS: Readonly<Record<string, string>> = { I: 'info', W: 'warning', E: 'error', F: 'fatal' };
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
/** Severities of syslog by number, as RFC 5424 names them. */
const SEVERITIES = ['emergency', 'alert', 'critical', 'error', 'warning', 'notice', 'info', 'debug'];
const MOST_PAIRS = 200;
/** A time stands near the beginning of a line or nowhere. */
const LOOKED_AT = 400;

/** Every pattern, the most telling first. */
export const LINE_PATTERNS: readonly LinePattern[] = [
  'access_log',
  'syslog_5424',
  'klog',
  'syslog',
  'logfmt',
  'time_first',
  'time_within',
];

/** The fields of a line; null when the line is not of that pattern: it may go on with the one before. */
export function readLine(pattern: LinePattern, line: string): Row | null {
  switch (pattern) {
    case 'access_log':
      return accessLog(line);
    case 'syslog_5424':
      return syslog5424(line);
    case 'syslog':
      return syslog(line);
    case 'klog':
      return klog(line);
    case 'logfmt':
      return logfmt(line);
    case 'time_first':
      return timeFirst(line);
    case 'time_within':
      return timeWithin(line);
  }
}

function accessLog(line: string): Row | null {
  const found = ACCESS.exec(line);
  if (found === null) return null;
  const [, address = '', user = '', time = '', method = '', path = '', status = '', bytes = ''] = found;
  return {
    time,
    address,
    user: user === '-' ? '' : user,
    method,
    path,
    status,
    bytes,
    referrer: found[8] ?? '',
    agent: found[9] ?? '',
  };
}

function severityOf(priority: string | undefined): string {
  return priority === undefined ? '' : (SEVERITIES[Number(priority) % 8] ?? '');
}

function syslog5424(line: string): Row | null {
  const found = SYSLOG_5424.exec(line);
  if (found === null) return null;
  const plain = (at: number): string => (found[at] === '-' ? '' : (found[at] ?? ''));
  return {
    time: plain(2),
    level: severityOf(found[1]),
    host: plain(3),
    program: plain(4),
    process: plain(5),
    messageId: plain(6),
    message: found[8] ?? '',
  };
}

function syslog(line: string): Row | null {
  const found = SYSLOG.exec(line);
  if (found === null) return null;
  const [, priority, time = '', host = '', program = '', process = '', message = ''] = found;
  return { time, level: severityOf(priority), host, program, process, message };
}

function klog(line: string): Row | null {
  const found = KLOG.exec(line);
  if (found === null) return null;
  const [, level = '', month = '', day = '', clock = '', thread = '', place = '', message = ''] = found;
  const name = MONTHS[Number(month) - 1] ?? '';
  return { time: `${name} ${day} ${clock}`, level: KLOG_LEVELS[level] ?? '', thread, place, message };
}

function logfmt(line: string): Row | null {
  if (!/^[\w.@-]+=/.test(line)) return null;
  const row = new Map<string, string>();
  for (const [, key = '', value = ''] of line.matchAll(PAIR)) {
    if (row.size >= MOST_PAIRS) break;
    row.set(
      key,
      value.length > 1 && value.startsWith('"') ? value.slice(1, -1).replace(/\\(.)/g, '$1') : value,
    );
  }
  return row.size < 2 ? null : Object.fromEntries(row);
}

function timeFirst(line: string): Row | null {
  const found = FIRST.exec(line);
  if (found === null) return null;
  const [, time = '', rest = ''] = found;
  const level = REST.exec(rest);
  if (level !== null) {
    const [, name = '', thread = '', logger = '', message = ''] = level;
    return { time, level: name, thread, logger, message };
  }
  const turned = THREAD_FIRST.exec(rest);
  if (turned === null) return { time, level: '', thread: '', logger: '', message: rest };
  const [, thread = '', name = '', logger = '', message = ''] = turned;
  return { time, level: name, thread, logger, message };
}

function timeWithin(line: string): Row | null {
  const found = WITHIN.exec(line.slice(0, LOOKED_AT));
  if (found === null) return null;
  const level = new RegExp(`\\b(${LEVEL})\\b`, 'i').exec(line.slice(0, LOOKED_AT));
  return { time: found[1] ?? '', level: level?.[1] ?? '', message: line };
}
