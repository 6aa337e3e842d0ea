import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An event as the service sends it: times are epoch seconds. */
export interface HealthEvent {
  readonly arn: string;
  readonly service: string;
  readonly region: string;
  readonly startTime: number;
  readonly lastUpdatedTime: number;
  readonly statusCode: string;
  readonly eventScopeCode: string;
  readonly eventTypeCategory: string;
  readonly eventTypeCode: string;
  readonly availabilityZone?: string;
  /** Accounts of the organisation that it concerns; told by operations of their own. */
  readonly accounts?: readonly string[];
}

/** How an operation is to fail: an error of the service, or a page that is none of its answers. */
export type HealthFault =
  | { readonly type: string; readonly status?: number; readonly plain?: boolean }
  | { readonly html: number }
  /** Times as texts, which the client takes for no number. */
  | { readonly isoTimes: true }
  /** The connection is broken off, as where nobody serves any more. */
  | { readonly reset: true };

/** What the server says and does. */
export interface HealthBehaviour {
  readonly events?: readonly HealthEvent[];
  readonly pageSize?: number;
  /** Repeats the first token for ever. */
  readonly sameToken?: boolean;
  /** Gives another token for ever. */
  readonly endless?: boolean;
  /** Arns of which there are no details. */
  readonly failed?: readonly string[];
  readonly faults?: Readonly<Record<string, HealthFault>>;
  /** Refuses requests that are signed for another region. */
  readonly signedFor?: string;
  /** Breaks off what is signed for this region: an endpoint that has become passive. */
  readonly deadFor?: string;
  /** Answers what is signed for this region with the page of a load balancer. */
  readonly pageFor?: string;
}

/** AWS Health on loopback. */
export interface HealthServer {
  readonly url: string;
  /** Operation names in the order asked. */
  readonly asked: readonly string[];
  /** Bodies in the order asked. */
  readonly bodies: readonly Readonly<Record<string, unknown>>[];
  readonly behave: (behaviour: HealthBehaviour) => void;
  readonly close: () => Promise<void>;
}

/**
 * Starts a server that speaks AWS JSON 1.1 for the part of AWS Health that is asked for: `x-amz-target` names the
 * operation, times are numbers of epoch seconds, errors are `{"__type", "message"}` with status 400.
 */
export async function startHealthServer(): Promise<HealthServer> {
  let behaviour: HealthBehaviour = {};
  const asked: string[] = [];
  const bodies: Record<string, unknown>[] = [];
  const server = createServer((request, response) => {
    void bodyOf(request).then((body) => {
      const operation =
        /^AWSHealth_20160804\.(\w+)$/.exec(String(request.headers['x-amz-target']))?.[1] ?? '';
      asked.push(operation);
      bodies.push(body);
      answer(operation, body, request, response, behaviour);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  server.unref();
  // A TCP server's address is an object; it is a string only for pipes.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    asked,
    bodies,
    behave: (next) => {
      behaviour = next;
      asked.length = 0;
      bodies.length = 0;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function bodyOf(request: IncomingMessage): Promise<Record<string, unknown>> {
  let text = '';
  for await (const piece of request) text += String(piece);
  const body: unknown = JSON.parse(text || '{}');
  return typeof body === 'object' && body !== null ? { ...body } : {};
}

function answer(
  operation: string,
  body: Readonly<Record<string, unknown>>,
  request: IncomingMessage,
  response: ServerResponse,
  behaviour: HealthBehaviour,
): void {
  const region = /Credential=[^/]+\/\d{8}\/([a-z0-9-]+)\/health\//.exec(
    String(request.headers.authorization),
  )?.[1];
  if (region === undefined) return refuse(response, { type: 'MissingAuthenticationToken' });
  if (behaviour.pageFor === region) return refuse(response, { html: 503 });
  if (behaviour.deadFor === region) return refuse(response, { reset: true });
  if (behaviour.signedFor !== undefined && region !== behaviour.signedFor)
    return refuse(response, { type: 'InvalidSignatureException', status: 403 });
  const fault = behaviour.faults?.[operation];
  if (fault !== undefined) return refuse(response, fault);
  const give = OPERATIONS[operation];
  if (give === undefined) return refuse(response, { type: 'UnknownOperationException' });
  const wrong = VALID[operation]?.(body) === false;
  if (wrong) return refuse(response, { type: 'ValidationException' });
  send(response, 200, give(body, behaviour));
}

type Body = Readonly<Record<string, unknown>>;
type Operation = (body: Body, behaviour: HealthBehaviour) => unknown;

function isObject(value: unknown): value is Body {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** As strict as the service about what is easily mistaken: plural lists of ranges, a singular range, sizes of pages. */
const VALID: Readonly<Record<string, (body: Body) => boolean>> = {
  DescribeEvents: ({ filter, maxResults }) =>
    isObject(filter) &&
    isRanges(filter['lastUpdatedTimes']) &&
    !('lastUpdatedTime' in filter) &&
    isSize(maxResults, 1),
  DescribeEventsForOrganization: ({ filter, maxResults }) =>
    isObject(filter) &&
    isRange(filter['lastUpdatedTime']) &&
    !('lastUpdatedTimes' in filter) &&
    isSize(maxResults, 1),
  DescribeAffectedAccountsForOrganization: ({ eventArn, maxResults }) =>
    typeof eventArn === 'string' && isSize(maxResults, 10),
  DescribeEventDetails: ({ eventArns }) => isFew(eventArns),
  DescribeEventDetailsForOrganization: ({ organizationEventDetailFilters: filters }) => isFew(filters),
  DescribeAffectedEntitiesForOrganization: ({ organizationEntityAccountFilters: filters }) => isFew(filters),
};

function isRange(value: unknown): boolean {
  return isObject(value) && typeof value['from'] === 'number';
}

function isRanges(value: unknown): boolean {
  return Array.isArray(value) && value.every(isRange);
}

function isFew(value: unknown): boolean {
  return Array.isArray(value) && value.length >= 1 && value.length <= 10;
}

function isSize(value: unknown, least: number): boolean {
  return value === undefined || (typeof value === 'number' && value >= least && value <= 100);
}

/** One page of a list, and the token of the next. */
function paged<T>(
  items: readonly T[],
  { nextToken }: Body,
  { pageSize = 100, sameToken, endless }: HealthBehaviour,
): { readonly page: readonly T[]; readonly token: { readonly nextToken?: string } } {
  const start = Number(nextToken ?? 0) % Math.max(1, items.length);
  const next = Number(nextToken ?? 0) + pageSize;
  const more = endless === true || next < items.length;
  return {
    page: items.slice(start, start + pageSize),
    token: sameToken === true ? { nextToken: '0' } : more ? { nextToken: String(next) } : {},
  };
}

/** The pairs of event and account that a request for the organisation asks about. */
function pairsOf(
  filters: unknown,
): readonly { readonly arn: string; readonly account: string | undefined }[] {
  return (Array.isArray(filters) ? filters : []).filter(isObject).map((filter) => ({
    arn: String(filter['eventArn']),
    account: typeof filter['awsAccountId'] === 'string' ? filter['awsAccountId'] : undefined,
  }));
}

/** An event without what other operations tell, and without what this one does not. */
function bare(event: HealthEvent, ...without: readonly string[]): unknown {
  return Object.fromEntries(
    Object.entries(event).filter(([key]) => key !== 'accounts' && !without.includes(key)),
  );
}

const OPERATIONS: Readonly<Record<string, Operation>> = {
  DescribeEvents: (body, behaviour) => {
    const { page, token } = paged(behaviour.events ?? [], body, behaviour);
    return { events: page.map((event) => bare(event)), ...token };
  },
  DescribeEventsForOrganization: (body, behaviour) => {
    const { page, token } = paged(behaviour.events ?? [], body, behaviour);
    return { events: page.map((event) => bare(event, 'availabilityZone')), ...token };
  },
  DescribeAffectedAccountsForOrganization: (body, behaviour) => {
    const event = (behaviour.events ?? []).find(({ arn }) => arn === body['eventArn']);
    const { page, token } = paged(event?.accounts ?? [], body, behaviour);
    return { affectedAccounts: page, eventScopeCode: event?.eventScopeCode ?? 'NONE', ...token };
  },
  DescribeEventDetails: ({ eventArns }, { events = [], failed = [] }) => {
    const arns = Array.isArray(eventArns) ? eventArns : [];
    return {
      successfulSet: events
        .filter(({ arn }) => arns.includes(arn) && !failed.includes(arn))
        .map((event) => ({
          event: bare(event),
          eventDescription: { latestDescription: `About ${event.service}.` },
        })),
      failedSet: failed
        .filter((arn) => arns.includes(arn))
        .map((eventArn) => ({ eventArn, errorName: 'InternalError', errorMessage: 'no details' })),
    };
  },
  DescribeEventDetailsForOrganization: (body, { events = [], failed = [] }) => {
    const asked = pairsOf(body['organizationEventDetailFilters']).flatMap(({ arn, account }) => {
      const event = events.find((one) => one.arn === arn);
      const isFound =
        event !== undefined &&
        !failed.includes(arn) &&
        (event.eventScopeCode === 'PUBLIC'
          ? account === undefined
          : event.accounts?.includes(account ?? '') === true);
      return [{ arn, account, event: isFound ? event : undefined }];
    });
    return {
      successfulSet: asked.flatMap(({ account, event }) =>
        event === undefined
          ? []
          : [
              {
                ...(account === undefined ? {} : { awsAccountId: account }),
                event: bare(event),
                eventDescription: { latestDescription: `About ${event.service}.` },
              },
            ],
      ),
      failedSet: asked.flatMap(({ arn, account, event }) =>
        event === undefined
          ? [{ eventArn: arn, awsAccountId: account, errorName: 'EventNotFoundError', errorMessage: 'no' }]
          : [],
      ),
    };
  },
  DescribeAffectedEntities: (_, { events = [] }) => ({
    entities: events
      .filter(({ eventScopeCode }) => eventScopeCode === 'ACCOUNT_SPECIFIC')
      .map(({ arn, service }) => ({ eventArn: arn, entityValue: `${service}-1`, statusCode: 'IMPAIRED' })),
  }),
  DescribeAffectedEntitiesForOrganization: (body, { events = [] }) => ({
    entities: pairsOf(body['organizationEntityAccountFilters']).flatMap(({ arn, account }) => {
      const event = events.find((one) => one.arn === arn);
      return event?.accounts?.includes(account ?? '') === true
        ? [
            {
              eventArn: arn,
              awsAccountId: account,
              entityValue: `${event.service}-${account}`,
              statusCode: 'IMPAIRED',
            },
          ]
        : [];
    }),
  }),
};

function refuse(response: ServerResponse, fault: HealthFault): void {
  if ('reset' in fault) {
    response.socket?.resetAndDestroy();
    return;
  }
  if ('isoTimes' in fault) {
    send(response, 200, { events: [{ arn: 'a', startTime: '2031-03-02T12:00:00Z' }] });
    return;
  }
  if ('html' in fault) {
    response
      .writeHead(fault.html, { 'content-type': 'text/html' })
      .end('<html><body>Service Unavailable</body></html>');
    return;
  }
  const type = fault.plain === true ? fault.type : `com.amazonaws.health#${fault.type}`;
  send(response, fault.status ?? 400, { __type: type, [fault.plain === true ? 'Message' : 'message']: 'no' });
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response
    .writeHead(status, { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-requestid': 'r' })
    .end(JSON.stringify(body));
}
