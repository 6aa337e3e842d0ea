import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';

/** What to generate. The same options always give the same bytes. */
export interface GeneratedTrail {
  readonly seed: number;
  readonly events: number;
  /** First event's time, milliseconds since 1970. */
  readonly from: number;
  /** The events are spread evenly over so many minutes. */
  readonly minutes: number;
}

/** CloudTrail-like events as JSON texts, of about the size and mix of a real account: one in five is a change. */
export function* generatedEvents(options: GeneratedTrail): Generator<string> {
  const random = mulberry32(options.seed);
  const step = (options.minutes * 60_000) / Math.max(1, options.events);
  for (let index = 0; index < options.events; index += 1) {
    yield eventText(index, options.from + index * step, options.seed, random);
  }
}

/** One `Records` file with the given events, as CloudTrail writes it: without white space. */
export function recordsFile(events: Iterable<string>): string {
  return `{"Records":[${[...events].join(',')}]}`;
}

/** Writes generated events as `Records` files into a folder, streamed; gives their paths. */
export async function writeTrail(
  folder: string,
  options: GeneratedTrail & { readonly files: number; readonly gzip: boolean },
): Promise<string[]> {
  await mkdir(folder, { recursive: true });
  const events = generatedEvents(options);
  const perFile = Math.ceil(options.events / options.files);
  const paths: string[] = [];
  for (let number = 0; number < options.files; number += 1) {
    const name = `111122223333_CloudTrail_eu-west-1_${String(number).padStart(4, '0')}.json${options.gzip ? '.gz' : ''}`;
    const file = path.join(folder, name);
    const out = createWriteStream(file);
    const source = Readable.from(chunksOf(events, perFile));
    await (options.gzip ? pipeline(source, createGzip({ level: 6 }), out) : pipeline(source, out));
    paths.push(file);
  }
  return paths;
}

function* chunksOf(events: Generator<string>, count: number): Generator<string> {
  yield '{"Records":[';
  let chunk = '';
  for (let index = 0; index < count; index += 1) {
    const next = events.next();
    if (next.done === true) break;
    chunk += index === 0 ? next.value : `,${next.value}`;
    if (chunk.length > 256 * 1024) {
      yield chunk;
      chunk = '';
    }
  }
  yield `${chunk}]}`;
}

/** Short events of CloudTrail, numbered, ten milliseconds apart. */
export function shortEvents(from: number, to: number): string[] {
  return Array.from({ length: to - from }, (_, index) => {
    const number = from + index;
    return JSON.stringify({
      eventVersion: '1.09',
      eventTime: new Date(Date.UTC(2026, 2, 4, 9) + number * 10).toISOString(),
      eventSource: 's3.amazonaws.com',
      eventName: 'PutBucketPolicy',
      awsRegion: 'eu-west-1',
      recipientAccountId: '111122223333',
      eventID: `00000000-0000-4000-8000-${number.toString(16).padStart(12, '0')}`,
    });
  });
}

/** The same as lines. */
export function shortLines(from: number, to: number): string {
  return `${shortEvents(from, to).join('\n')}\n`;
}

const ACCOUNT = '111122223333';

/** Source, name, whether it only reads, and how often. */
const CALLS: readonly (readonly [source: string, name: string, readOnly: boolean, often: number])[] = [
  ['ec2', 'DescribeInstances', true, 16],
  ['ec2', 'DescribeNetworkInterfaces', true, 10],
  ['s3', 'GetBucketLocation', true, 9],
  ['s3', 'ListObjects', true, 9],
  ['kms', 'Decrypt', true, 12],
  ['sts', 'AssumeRole', true, 12],
  ['ssm', 'GetParameter', true, 8],
  ['iam', 'GetRole', true, 4],
  ['ssm', 'UpdateInstanceInformation', false, 6],
  ['ec2', 'CreateTags', false, 4],
  ['logs', 'CreateLogStream', false, 4],
  ['autoscaling', 'SetDesiredCapacity', false, 1],
  ['lambda', 'UpdateFunctionCode20150331v2', false, 1],
  ['ec2', 'AuthorizeSecurityGroupIngress', false, 1],
  ['iam', 'AttachRolePolicy', false, 1],
  ['ecs', 'UpdateService', false, 1],
  ['route53', 'ChangeResourceRecordSets', false, 1],
];
const DRAW: readonly number[] = CALLS.flatMap(([, , , often], index) =>
  Array.from({ length: often }, () => index),
);
const ERRORS: readonly string[] = [
  'AccessDenied',
  'ThrottlingException',
  'Client.InvalidParameterValue',
  'NoSuchEntityException',
];

function eventText(index: number, at: number, seed: number, random: () => number): string {
  const [source, name, readOnly] = CALLS[DRAW[Math.floor(random() * DRAW.length)] ?? 0] ?? [
    'ec2',
    'DescribeInstances',
    true,
    1,
  ];
  const who = Math.floor(random() * 40);
  const error = random() < 0.06 ? ERRORS[Math.floor(random() * ERRORS.length)] : undefined;
  const time = new Date(Math.floor(at / 1000) * 1000).toISOString().replace('.000Z', 'Z');
  const region = source === 'iam' || source === 'route53' ? 'us-east-1' : 'eu-west-1';
  const id = `${hex(seed, 8)}-${hex(index >>> 16, 4)}-4${hex(index & 0xfff, 3)}-8${hex(who, 3)}-${hex(index, 12)}`;
  const identity =
    who < 8
      ? {
          type: 'IAMUser',
          principalId: `AIDAEXAMPLE${who}`,
          arn: `arn:aws:iam::${ACCOUNT}:user/person-${who}`,
          accountId: ACCOUNT,
          userName: `person-${who}`,
        }
      : {
          type: 'AssumedRole',
          principalId: `AROAEXAMPLE${who}:i-${hex(who, 17)}`,
          arn: `arn:aws:sts::${ACCOUNT}:assumed-role/service-${who}/i-${hex(who, 17)}`,
          accountId: ACCOUNT,
          sessionContext: {
            sessionIssuer: {
              type: 'Role',
              principalId: `AROAEXAMPLE${who}`,
              arn: `arn:aws:iam::${ACCOUNT}:role/service-${who}`,
              accountId: ACCOUNT,
              userName: `service-${who}`,
            },
            attributes: { creationDate: time, mfaAuthenticated: 'false' },
          },
        };
  return JSON.stringify({
    eventVersion: '1.09',
    userIdentity: identity,
    eventTime: time,
    eventSource: `${source}.amazonaws.com`,
    eventName: name,
    awsRegion: region,
    sourceIPAddress: `10.0.${who}.${index % 250}`,
    userAgent:
      'Boto3/1.34.0 md/Botocore#1.34.0 ua/2.0 os/linux#5.10 md/arch#x86_64 lang/python#3.11.7 cfg/retry-mode#legacy',
    ...(error === undefined
      ? {}
      : { errorCode: error, errorMessage: `Refused for the sake of the example: ${error}` }),
    requestParameters: parametersOf(name, index),
    responseElements: readOnly ? null : { requestId: id, _return: true },
    requestID: id,
    eventID: id,
    readOnly,
    eventType: 'AwsApiCall',
    managementEvent: true,
    recipientAccountId: ACCOUNT,
    eventCategory: 'Management',
    tlsDetails: {
      tlsVersion: 'TLSv1.3',
      cipherSuite: 'TLS_AES_128_GCM_SHA256',
      clientProvidedHostHeader: `${source}.${region}.amazonaws.com`,
    },
  });
}

function parametersOf(name: string, index: number): object {
  if (name === 'AuthorizeSecurityGroupIngress') {
    const cidrIp = index % 5 === 0 ? '0.0.0.0/0' : '10.0.0.0/8';
    const permission = {
      ipProtocol: 'tcp',
      fromPort: 443,
      toPort: 443,
      groups: {},
      ipRanges: { items: [{ cidrIp }] },
    };
    return { groupId: `sg-${hex(index % 500, 17)}`, ipPermissions: { items: [permission] } };
  }
  if (name === 'AttachRolePolicy') {
    return { roleName: `service-${index % 40}`, policyArn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' };
  }
  if (name.startsWith('Update'))
    return { functionName: `function-${index % 90}`, instanceId: `i-${hex(index % 300, 17)}` };
  return { bucketName: `bucket-${index % 60}`, prefix: `2026/${index % 12}/`, maxResults: 100 };
}

function hex(value: number, length: number): string {
  return value.toString(16).padStart(length, '0').slice(-length);
}

/** A small generator of numbers from 0 to 1, the same on every machine: https://github.com/bryc/code/blob/master/jshash/PRNGs.md */
function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
