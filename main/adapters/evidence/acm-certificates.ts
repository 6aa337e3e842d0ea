import type { StateFinding } from '../../core/evidence/state-finding.ts';
import { type EvidenceAdapter, type Head, type Recognition, rejected } from './adapter.ts';
import { awsInstant } from './aws-instant.ts';
import { asList, asObject, asObjects, asText, type JsonObject } from './json.ts';
import { stateFinding } from './state.ts';

/**
 * Certificates of AWS Certificate Manager: `describe-certificate` and `list-certificates`. An expiry is a date and never an
 * event: no log shows it.
 * Fields: https://docs.aws.amazon.com/acm/latest/APIReference/API_CertificateDetail.html
 */
export const acmCertificates: EvidenceAdapter = {
  id: 'acm_certificates',
  recognise,
  read(value, contentId) {
    const outer = asObject(value);
    const certificate = asObject(outer?.['Certificate']) ?? outer;
    if (certificate === null || asText(certificate['CertificateArn']) === '')
      return rejected('no CertificateArn of AWS Certificate Manager');
    return { findings: findingsOf(certificate, contentId) };
  },
  notes: () => [],
};

function recognise({ paths }: Head): Recognition | null {
  const isCertificate = (at: string): boolean =>
    paths.has(`${at}CertificateArn`) && paths.has(`${at}DomainName`);
  const found = (container: (Recognition & { kind: 'records' })['container']): Recognition => ({
    kind: 'records',
    recognisedAs: 'acm_certificates',
    container,
  });
  if (isCertificate('CertificateSummaryList[].'))
    return found({ kind: 'wrapped', key: 'CertificateSummaryList' });
  if (isCertificate('[].Certificate.') || isCertificate('[].')) return found({ kind: 'list' });
  return isCertificate('Certificate.') || isCertificate('') ? found({ kind: 'sequence' }) : null;
}

function findingsOf(certificate: JsonObject, contentId: () => string): StateFinding[] {
  const arn = asText(certificate['CertificateArn']);
  const domain = asText(certificate['DomainName']) || arn;
  const use = useWords(certificate);
  const common = {
    source: 'acm_certificates',
    product: 'AWS Certificate Manager',
    resource: arn,
    control: asText(certificate['Type']),
  } as const;
  const state = asText(certificate['Status']);
  const ends = awsInstant(certificate['NotAfter']);
  const id = arn === '' ? contentId() : `acm:${arn}`;
  const findings: StateFinding[] = [];
  if (state === 'EXPIRED') {
    findings.push(
      stateFinding({
        ...common,
        id: `${id}:validity`,
        status: 'failing',
        severity: use.used ? 'critical' : 'medium',
        pattern: 'expired_certificate',
        title: `The certificate of ${domain} has expired`,
        since: ends,
        detail: use.words,
      }),
    );
  } else if (state === 'ISSUED' || (state === '' && ends !== null)) {
    findings.push(
      stateFinding({
        ...common,
        id: `${id}:validity`,
        // The answer does not say what time it was: whether that date has passed is judged against the incident.
        status: 'unknown',
        severity: use.used ? 'high' : 'low',
        pattern: 'expiring_certificate',
        title: `The certificate of ${domain} ends`,
        since: ends,
        detail: use.words,
      }),
    );
  } else {
    findings.push(
      stateFinding({
        ...common,
        id: `${id}:validity`,
        status: 'failing',
        severity: use.used ? 'high' : 'medium',
        pattern: 'other',
        title: `The certificate of ${domain} is not valid: ${state.toLowerCase().replaceAll('_', ' ')}`,
        since: awsInstant(certificate['RevokedAt']),
        detail: [asText(certificate['FailureReason']), asText(certificate['RevocationReason']), use.words]
          .filter((part) => part !== '')
          .join('; '),
      }),
    );
  }
  return [...findings, ...renewal(certificate, id, domain, common)];
}

function renewal(
  certificate: JsonObject,
  id: string,
  domain: string,
  common: Pick<StateFinding, 'source' | 'product' | 'resource' | 'control'>,
): StateFinding[] {
  const summary = asObject(certificate['RenewalSummary']);
  const state = asText(summary?.['RenewalStatus']);
  if (summary === null || state === '') return [];
  const failing = state === 'FAILED' || state === 'PENDING_VALIDATION';
  const waiting = asObjects(summary['DomainValidationOptions'])
    .filter((option) => asText(option['ValidationStatus']) !== 'SUCCESS')
    .map((option) => asText(option['DomainName']));
  return [
    stateFinding({
      ...common,
      id: `${id}:renewal`,
      status: failing ? 'failing' : state === 'SUCCESS' ? 'passing' : 'unknown',
      severity: failing ? 'high' : 'info',
      pattern: 'expiring_certificate',
      title: failing
        ? `The renewal of the certificate of ${domain} ${state === 'FAILED' ? 'failed' : 'waits for validation'}`
        : `Renewal of the certificate of ${domain}: ${state.toLowerCase().replaceAll('_', ' ')}`,
      since: awsInstant(summary['UpdatedAt']),
      detail: [
        asText(summary['RenewalStatusReason']),
        failing && waiting.length > 0 ? `the DNS record or mail of ${waiting.join(', ')} is missing` : '',
      ]
        .filter((part) => part !== '')
        .join('; '),
    }),
  ];
}

/** Whether something uses it; a list of certificates only says yes or no. */
function useWords(certificate: JsonObject): { readonly used: boolean; readonly words: string } {
  const names = asList(certificate['InUseBy']).map(asText).filter(Boolean);
  if (names.length > 0) return { used: true, words: `used by ${names.slice(0, 5).join(', ')}` };
  if (certificate['InUse'] === true) return { used: true, words: 'in use' };
  return { used: false, words: 'not in use' };
}
