import { expect, test } from 'vitest';
import { allowedTarget } from '../../../main/adapters/feeds/target.ts';

const far = new URL('https://status.example.org/feed');
const near = new URL('http://127.0.0.1:8080/feed');

test.each<[string, URL | null, string]>([
  ['https://status.example.org/feed', null, 'https://status.example.org/feed'],
  ['http://localhost:1234/x', null, 'http://localhost:1234/x'],
  ['http://127.1/x', null, 'http://127.0.0.1/x'],
  ['http://[::1]:80/x', null, 'http://[::1]/x'],
  ['/moved', far, 'https://status.example.org/moved'],
  ['https://elsewhere.example.org/', far, 'https://elsewhere.example.org/'],
  ['http://127.0.0.1:9090/', near, 'http://127.0.0.1:9090/'],
  [
    'http://127.0.0.1:9090/',
    far,
    'Not followed: a redirect to http://127.0.0.1:9090, which is this machine.',
  ],
  ['https://localhost/', far, 'Not followed: a redirect to https://localhost, which is this machine.'],
  ['http://status.example.org/feed', far, 'Not asked: a redirect to http://status.example.org is not https.'],
  ['http://127.0.0.1.example.org/', null, 'Not asked: http://127.0.0.1.example.org is not https.'],
  [
    'https://user@status.example.org/',
    far,
    'Not asked: a redirect to https://status.example.org carries a user name or password.',
  ],
  ['data:text/plain,[]', null, 'Not asked: data:// is not https.'],
])('%s', (text, from, expected) => {
  const target = allowedTarget(text, from);
  expect(target.ok ? target.value.href : target.error.message).toBe(expected);
});
