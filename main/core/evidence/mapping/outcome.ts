/** Words by which a field of outcomes, levels or errors says that nothing failed. */
const FINE: ReadonlySet<string> = new Set([
  '-',
  '0',
  'null',
  'nil',
  'none',
  'n/a',
  'no',
  'false',
  'true',
  'ok',
  'okay',
  'success',
  'successful',
  'succeeded',
  'pass',
  'passed',
  'complete',
  'completed',
  'done',
  'finished',
  'started',
  'running',
  'pending',
  'healthy',
  'active',
  'allow',
  'allowed',
  'granted',
  'accept',
  'accepted',
  'normal',
  'trace',
  'debug',
  'verbose',
  'info',
  'information',
  'informational',
  'notice',
  'warn',
  'warning',
  'low',
  'medium',
]);

/**
 * The error that a field of outcomes, levels or codes names; null when it says that nothing failed. A status of HTTP is an error from 400
 * on and keeps its number: whose fault it is, no status says.
 */
export function outcomeOf(text: string): string | null {
  const word = text.trim();
  if (word === '' || FINE.has(word.toLowerCase())) return null;
  if (/^\d{3}$/.test(word)) return Number(word) >= 400 ? `HTTP ${word}` : null;
  return word;
}
