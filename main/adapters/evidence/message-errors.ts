import { bounded } from './json.ts';

/** What a line of an application's log says of an error. */
interface MessageError {
  /** As the table of errors knows it where it does, e.g. `AccessDenied`, `ENOTFOUND`. */
  readonly code: string;
  /** The call that failed, as far as the line names it. */
  readonly call: string;
}

/** A line is looked at up to here: what matters stands at its beginning. */
const LOOKED_AT = 4_000;

/** An error as the AWS SDKs print it: Python's, then Java's and others'. */
const SDK: readonly RegExp[] = [
  /An error occurred \((?<code>[A-Za-z0-9_.]{2,100})\) when calling the (?<call>\w{2,100}) operation/,
  /(?<call>)(?:Error Code: |"(?:__type|errorCode|code)"\s*:\s*"(?:[a-z0-9.]+#)?)(?<code>[A-Z][A-Za-z0-9.]{2,100})/,
  /(?<call>)api error (?<code>[A-Z][A-Za-z0-9.]{2,100}):/,
];

/** Errors of the network and of certificates, which no cloud log ever holds: the request did not arrive. First fit counts. */
const SIGNS: readonly (readonly [sign: RegExp, code: string])[] = [
  [
    /CERT_HAS_EXPIRED|certificate (?:has|is) expired|certificate has expired or is not yet valid/i,
    'CERT_HAS_EXPIRED',
  ],
  [
    /SSLError|SSLHandshakeException|SSL_ERROR|x509: |certificate verify failed|self[- ]signed certificate|PKIX path|UNABLE_TO_VERIFY|tls: |TLS handshake|unable to get local issuer/i,
    'SSLError',
  ],
  [
    /ENOTFOUND|EAI_AGAIN|getaddrinfo|UnknownHostException|NXDOMAIN|SERVFAIL|no such host|Name or service not known|Could not resolve host|Temporary failure in name resolution|Could not connect to the endpoint URL/i,
    'ENOTFOUND',
  ],
  [/ECONNREFUSED|connection refused/i, 'ECONNREFUSED'],
  [/ECONNRESET|connection reset|broken pipe|EPIPE|socket hang up/i, 'ECONNRESET'],
  [
    /ETIMEDOUT|ESOCKETTIMEDOUT|timed out|TimeoutError|SocketTimeoutException|deadline exceeded|connect timeout|i\/o timeout|Task timed out/i,
    'ETIMEDOUT',
  ],
  [/AccessDeniedException|AccessDenied\b|is not authorized to perform/, 'AccessDenied'],
  [/ThrottlingException|TooManyRequestsException|Rate exceeded/, 'ThrottlingException'],
  [/ExpiredToken(?:Exception)?/, 'ExpiredToken'],
  [/(?:HTTP(?:\/[\d.]+)?"?|status(?: code)?)[ :=]+50[04]\b/i, '500'],
  [/(?:HTTP(?:\/[\d.]+)?"?|status(?: code)?)[ :=]+503\b/i, '503'],
];

const LEVEL =
  /\b(?:ERROR|FATAL|CRITICAL|PANIC|SEVERE)\b|"(?:level|severity)"\s*:\s*"(?:error|fatal|critical)"|Traceback \(most recent call last\)|Unhandled|Uncaught/;

/** The error a log line speaks of; `LoggedError` when it only says that it is one; null for any other line. */
export function errorInMessage(message: string): MessageError | null {
  const text = bounded(message, LOOKED_AT);
  for (const pattern of SDK) {
    const found = pattern.exec(text)?.groups;
    if (found !== undefined) return { code: found['code'] ?? '', call: found['call'] ?? '' };
  }
  // "retrying after timeout: ok" is said by sound programs too, but then nothing else in the line is an error either.
  const sign = SIGNS.find(([pattern]) => pattern.test(text));
  if (sign !== undefined) return { code: sign[1], call: '' };
  return LEVEL.test(text) ? { code: 'LoggedError', call: '' } : null;
}
