import { expect, test } from 'vitest';
import { findingAt } from '../../../main/core/evidence/finding-time.ts';
import { addMinutes } from '../../../main/core/time.ts';
import { aFinding } from '../../support/findings.ts';
import { ONSET } from './evidence.ts';

const certificate = aFinding({ pattern: 'expiring_certificate', status: 'unknown', detail: 'in use' });

test.each([
  ['ended before onset', -2, 'failing', 'expired_certificate', 'in use'],
  ['ends within a month', 24 * 60, 'failing', 'expiring_certificate', 'ends 2026-03-05; in use'],
  ['ends later', 60 * 24 * 60, 'passing', 'expiring_certificate', 'ends 2026-05-03; in use'],
])('a certificate that %s', (_case, minutes, status, pattern, detail) => {
  const since = addMinutes(ONSET, minutes);
  expect(findingAt({ ...certificate, since }, ONSET)).toEqual({
    ...certificate,
    since: minutes < 0 ? since : null,
    status,
    pattern,
    detail,
  });
});

test('any other finding stays as it is', () => {
  for (const other of [
    certificate,
    aFinding({ since: ONSET }),
    { ...certificate, status: 'failing' as const, since: ONSET },
  ])
    expect(findingAt(other, ONSET)).toBe(other);
});
