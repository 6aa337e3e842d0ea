import { HealthClient, type HealthClientConfig } from '@aws-sdk/client-health';
import { ok, type Result } from '../../core/result.ts';
import { addMinutes, type Instant } from '../../core/time.ts';
import type { FetchFailure } from '../feeds/fetch.ts';
import { accountView } from './health-account.ts';
import { healthFailure, mayHaveMoved } from './health-failure.ts';
import { organizationView } from './health-organization.ts';
import { activeRegion, type LookUp } from './health-region.ts';
import { healthTransport } from './health-transport.ts';
import type { Asking } from './health-view.ts';

/** How AWS Health is asked. Only tests give more than the clock and the view. */
export interface HealthRequest {
  readonly now: () => Instant;
  /** Of the account that the credentials belong to, or of every account of its organisation. */
  readonly view?: HealthView;
  readonly signal?: AbortSignal;
  /** Handed to the client as it is: an endpoint on loopback, credentials of a test. */
  readonly client?: Pick<HealthClientConfig, 'endpoint' | 'credentials' | 'maxAttempts'>;
  readonly lookUp?: LookUp;
  /** Milliseconds for everything together. */
  readonly totalMs?: number;
}

export type HealthView = 'account' | 'organization';

/** What AWS Health says, as bytes that the kind `aws_health_events` reads. */
export interface HealthAnswer {
  readonly bytes: Uint8Array;
  readonly fetchedAt: Instant;
  /** The region that answered. */
  readonly region: string;
}

const TOTAL_MS = 15_000;
/** Events older than this without an update are left out. */
const DAYS_BACK = 7;

const VIEWS: Readonly<Record<HealthView, (asking: Asking) => Promise<unknown>>> = {
  account: accountView,
  organization: organizationView,
};

/**
 * Asks the AWS Health API for the events of the last week with their texts, affected accounts and entities. Credentials
 * come from the SDK's own chain (environment, profile, SSO) and go nowhere else. Every failure is a value; the
 * active region is looked up anew once when the first answer suggests that it has moved.
 */
export async function fetchAwsHealth(request: HealthRequest): Promise<Result<HealthAnswer, FetchFailure>> {
  const deadline = AbortSignal.timeout(request.totalMs ?? TOTAL_MS);
  const signal = request.signal === undefined ? deadline : AbortSignal.any([deadline, request.signal]);
  const region = await activeRegion(request.lookUp);
  const first = await askIn(region, request, signal);
  if (first.ok || !mayHaveMoved(first.error.cause)) return stripped(first);
  const other = await activeRegion(request.lookUp);
  return stripped(other === region ? first : await askIn(other, request, signal));
}

interface Attempt {
  readonly failure: FetchFailure;
  readonly cause: unknown;
}

function stripped(attempt: Result<HealthAnswer, Attempt>): Result<HealthAnswer, FetchFailure> {
  return attempt.ok ? attempt : { ok: false, error: attempt.error.failure };
}

async function askIn(
  region: string,
  request: HealthRequest,
  signal: AbortSignal,
): Promise<Result<HealthAnswer, Attempt>> {
  const client = new HealthClient({
    maxAttempts: 3,
    requestHandler: healthTransport,
    ...request.client,
    region,
  });
  let operation = '';
  const begin = (next: string): void => {
    operation = next;
  };
  try {
    const since = new Date(addMinutes(request.now(), -DAYS_BACK * 1440));
    const document = await VIEWS[request.view ?? 'account']({ client, since, signal, begin });
    const bytes = new TextEncoder().encode(JSON.stringify(document, null, 1));
    return ok({ bytes, fetchedAt: request.now(), region });
  } catch (cause) {
    return { ok: false, error: { failure: healthFailure(cause, operation), cause } };
  } finally {
    client.destroy();
  }
}
