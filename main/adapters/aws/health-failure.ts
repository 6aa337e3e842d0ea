import type { AppError } from '../../core/result.ts';
import { failsAsCutOff, type FetchFailure } from '../feeds/fetch.ts';

/** Failures after which the other region may be the active one: a signature for the wrong one, or no connection. */
const MOVED = new Set([
  'UnrecognizedClientException',
  'InvalidSignatureException',
  'SignatureDoesNotMatch',
  'ECONNREFUSED',
  'ECONNRESET',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EPIPE',
  'ETIMEDOUT',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_SOCKET',
]);

/** Whether the active region is worth looking up again. */
export function mayHaveMoved(error: unknown): boolean {
  return MOVED.has(nameOf(error)) || MOVED.has(codeOf(error)) || (statusOf(error) ?? 0) >= 500;
}

/**
 * What a failed call of AWS Health means. The client models three errors only; the others are told by their name, and an
 * answer that is not the service's (a proxy's page) is a SyntaxError. Nothing of AWS's own message is repeated: it can
 * name users and roles.
 */
export function healthFailure(error: unknown, operation: string): FetchFailure {
  const name = nameOf(error);
  const status = statusOf(error);
  const isOrganization = operation.endsWith('ForOrganization');
  if (name === 'SubscriptionRequiredException')
    return failure(
      'refused',
      `The AWS Health API needs a Business Support+, Enterprise or Unified Operations plan, which this account does not have.${isOrganization ? ' The view of an organisation needs it on the management account too.' : ''} AWS’s public feeds need none.`,
      'not_entitled',
    );
  if (/^(AccessDenied(Exception)?|UnauthorizedException|NotAuthorized)$/.test(name))
    return failure(
      'refused',
      `These AWS credentials may not call health:${operation}; a policy has to allow it${isOrganization ? ', and the account has to be the organisation’s management account or a delegated administrator' : ''}.`,
      'not_entitled',
    );
  if (/Throttl|TooManyRequests|RequestLimitExceeded/.test(name) || status === 429)
    return failure('unreachable', 'AWS Health answers that it is asked too often.', 'throttled');
  if (/^(CredentialsProviderError|TokenProviderError|ProviderError)$/.test(name))
    return failure(
      'refused',
      'No AWS credentials were found in the environment, the profile or a sign-in; sign in and check again.',
      'not_entitled',
    );
  if (/^(ExpiredToken(Exception)?|RequestExpired)$/.test(name))
    return failure('refused', 'The AWS credentials have expired; sign in and check again.', 'not_entitled');
  if (
    /^(UnrecognizedClientException|InvalidSignatureException|InvalidClientTokenId|SignatureDoesNotMatch)$/.test(
      name,
    )
  )
    return failure('refused', 'AWS does not accept these credentials.', 'not_entitled');
  if (error instanceof SyntaxError)
    return failure(
      'unreadable',
      `What answered${status === null ? '' : ` with status ${status}`} is not AWS Health: its answer is not JSON.`,
    );
  if (error instanceof TypeError && status !== null)
    return failure('unreadable', 'AWS Health answers in a form that cannot be read.');
  if (/^(AbortError|TimeoutError)$/.test(name))
    return failure('unreachable', 'No complete answer of AWS Health in time.');
  const code = codeOf(error);
  const unasked = `AWS Health could not be asked (${code || name || 'no reason given'}).`;
  return { ...failure('unreachable', unasked), ...(failsAsCutOff(code) && { cutOff: true }) };
}

function failure(
  code: AppError['code'],
  message: string,
  feedState: FetchFailure['feedState'] = 'unreadable',
): FetchFailure {
  return { code, message, feedState, retryAfterSeconds: null };
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : '';
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

function statusOf(error: unknown): number | null {
  if (!(error instanceof Error) || !('$metadata' in error)) return null;
  const metadata = error.$metadata;
  const known = typeof metadata === 'object' && metadata !== null && 'httpStatusCode' in metadata;
  return known && typeof metadata.httpStatusCode === 'number' ? metadata.httpStatusCode : null;
}
