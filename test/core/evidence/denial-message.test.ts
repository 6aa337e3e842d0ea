import { expect, test } from 'vitest';
import { denialOf, denialWords } from '../../../main/core/evidence/denial-message.ts';

const WHO =
  'User: arn:aws:sts::111122223333:assumed-role/orders/i-1 is not authorized to perform: s3:GetObject on resource: "arn:aws:s3:::orders/x"';

test.each<[string, string, boolean]>([
  [`${WHO} with an explicit deny in a service control policy`, 'service_control_policy', true],
  [
    `${WHO} with an explicit deny in a service control policy: arn:aws:organizations::444455556666:policy/o-1/service_control_policy/p-1`,
    'service_control_policy',
    true,
  ],
  [`${WHO} with an explicit deny in a resource control policy`, 'resource_control_policy', true],
  [`${WHO} with an explicit deny in an identity-based policy`, 'identity_policy', true],
  [`${WHO} because no identity-based policy allows the s3:GetObject action`, 'identity_policy', false],
  [`${WHO} because no resource-based policy allows the s3:GetObject action`, 'resource_policy', false],
  [`${WHO} because no permissions boundary allows the s3:GetObject action`, 'permissions_boundary', false],
  [`${WHO} because no session policy allows the s3:GetObject action`, 'session_policy', false],
  [`${WHO} because no VPC endpoint policy allows the s3:GetObject action`, 'vpc_endpoint_policy', false],
  [
    'User: arn:aws:iam::111122223333:user/a is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::111122223333:role/session-policy-tests',
    'not_said',
    false,
  ],
  ['Access Denied', 'not_said', false],
])('%s', (message, kind, explicit) => {
  expect(denialOf(message)).toMatchObject({ kind, explicit });
});

test('names the action and the policy where the message does', () => {
  const message = `${WHO} with an explicit deny in a service control policy: arn:aws:organizations::444455556666:policy/o-1/service_control_policy/p-1`;
  expect(denialOf(message)).toMatchObject({
    action: 's3:GetObject',
    policy: 'arn:aws:organizations::444455556666:policy/o-1/service_control_policy/p-1',
  });
});

test('says nothing of a message that is no denial', () => {
  expect([denialOf(null), denialOf('Rate exceeded'), denialWords([null, 'Rate exceeded'])]).toEqual([
    null,
    null,
    '',
  ]);
});

test('puts several together, and says which file to ask for next', () => {
  expect(
    denialWords([
      `${WHO} with an explicit deny in a service control policy`,
      `${WHO} with an explicit deny in a service control policy`,
      'Access Denied',
      null,
    ]),
  ).toBe(
    '2 of 3 messages say: an explicit Deny in a service control policy. Ask next for CloudTrail of the organisation’s management account in us-east-1 (UpdatePolicy, AttachPolicy, MoveAccount).',
  );
  expect(denialWords(['Access Denied'])).toBe(
    'The message says: no reason. Ask next for the policies of the principal, of the resource and of the organisation, as S3 and others give no reason.',
  );
});
