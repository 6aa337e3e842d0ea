import { asList, asObject, asText, bounded, type Json, type JsonObject, parseJson } from './json.ts';

interface Said {
  readonly status: string;
  readonly subStatus: string;
  readonly httpStatus: Json | undefined;
  readonly statusText: string;
  readonly properties: JsonObject | null;
}

interface Outcome {
  readonly kind: 'begun' | 'ended';
  /** null when it worked. */
  readonly code: string | null;
  readonly message: string | null;
}

const WORKED: Outcome = { kind: 'ended', code: null, message: null };
/** What Azure writes when it says nothing more exact: the code within is better. */
const VAGUE: ReadonlySet<string> = new Set([
  'DeploymentFailed',
  'ResourceDeploymentFailure',
  'ResourceOperationFailure',
  'BadRequest',
  'Conflict',
]);

/**
 * How an operation of the Azure Activity Log ended. The exact code is JSON text in `properties.statusMessage`, often inside
 * the details of a vague one; without it the HTTP status in words, then in digits, must do.
 */
export function azureStatus(said: Said): Outcome {
  if (/^(started|accepted|start|begin|in ?progress)$/i.test(said.status)) {
    return { kind: 'begun', code: null, message: null };
  }
  const storage = asText(said.properties?.['metricResponseType']);
  const http = typeof said.httpStatus === 'number' ? said.httpStatus : 0;
  const storageFailed = http >= 400 || (said.status === '' && storage !== '' && !/success/i.test(storage));
  if (!/^(failed|failure|clienterror|servererror)$/i.test(said.status) && !storageFailed) return WORKED;
  const inner = innermost(asObject(parseJson(asText(said.properties?.['statusMessage']))));
  const code =
    inner.code ||
    said.subStatus.replace(/^Failed\./i, '').replace(/ \(.*$/, '') ||
    (storageFailed ? said.statusText || storage : '') ||
    asText(said.properties?.['statusCode']) ||
    (http > 0 ? String(http) : 'UnnamedError');
  return {
    kind: 'ended',
    code: bounded(code, 128),
    message: inner.message === '' ? null : bounded(inner.message, 1024),
  };
}

function innermost(document: JsonObject | null): { readonly code: string; readonly message: string } {
  let here = asObject(document?.['error']) ?? document;
  let code = '';
  let message = '';
  for (let depth = 0; here !== null && depth < 5; depth += 1) {
    code = asText(here['code']) || code;
    message = asText(here['message']) || message;
    if (!VAGUE.has(code)) break;
    // The message of a detail is often the JSON of the next one.
    const nested = asObject(asList(here['details'])[0]) ?? asObject(parseJson(asText(here['message'])));
    here = asObject(nested?.['error']) ?? nested;
  }
  return { code, message };
}
