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
}

/** How an operation is to fail: an error of the service, or a page that is none of its answers. */
export type HealthFault = { readonly type: string; readonly status?: number } | { readonly html: number };

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
  if (behaviour.signedFor !== undefined && region !== behaviour.signedFor)
    return refuse(response, { type: 'InvalidSignatureException', status: 403 });
  const fault = behaviour.faults?.[operation];
  if (fault !== undefined) return refuse(response, fault);
  const give = OPERATIONS[operation];
  if (give === undefined) return refuse(response, { type: 'UnknownOperationException' });
  send(response, 200, give(body, behaviour));
}

type Operation = (body: Readonly<Record<string, unknown>>, behaviour: HealthBehaviour) => unknown;

const OPERATIONS: Readonly<Record<string, Operation>> = {
  DescribeEvents: ({ nextToken }, { events = [], pageSize = 100, sameToken, endless }) => {
    const start = Number(nextToken ?? 0) % Math.max(1, events.length);
    const page = events.slice(start, start + pageSize);
    const next = Number(nextToken ?? 0) + pageSize;
    const more = endless === true || next < events.length;
    return {
      events: page,
      ...(sameToken === true ? { nextToken: '0' } : more ? { nextToken: String(next) } : {}),
    };
  },
  DescribeEventDetails: ({ eventArns }, { events = [], failed = [] }) => {
    const arns = Array.isArray(eventArns) ? eventArns : [];
    return {
      successfulSet: events
        .filter(({ arn }) => arns.includes(arn) && !failed.includes(arn))
        .map((event) => ({ event, eventDescription: { latestDescription: `About ${event.service}.` } })),
      failedSet: failed
        .filter((arn) => arns.includes(arn))
        .map((eventArn) => ({ eventArn, errorName: 'InternalError', errorMessage: 'no details' })),
    };
  },
  DescribeAffectedEntities: (_, { events = [] }) => ({
    entities: events
      .filter(({ eventScopeCode }) => eventScopeCode === 'ACCOUNT_SPECIFIC')
      .map(({ arn, service }) => ({ eventArn: arn, entityValue: `${service}-1`, statusCode: 'IMPAIRED' })),
  }),
};

function refuse(response: ServerResponse, fault: HealthFault): void {
  if ('html' in fault) {
    response
      .writeHead(fault.html, { 'content-type': 'text/html' })
      .end('<html><body>Service Unavailable</body></html>');
    return;
  }
  send(response, fault.status ?? 400, { __type: `com.amazonaws.health#${fault.type}`, message: 'no' });
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response
    .writeHead(status, { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-requestid': 'r' })
    .end(JSON.stringify(body));
}
