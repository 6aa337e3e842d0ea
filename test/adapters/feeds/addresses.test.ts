import { expect, test } from 'vitest';
import { candidatesFor } from '../../../main/adapters/feeds/addresses.ts';

function urls(typed: string): readonly string[] | string {
  const found = candidatesFor(typed);
  return found.ok ? found.value.map(({ url }) => url) : found.error.message;
}

test.each<[string, string]>([
  ['status.openai.com', 'https://status.openai.com/api/v2/summary.json'],
  ['  www.githubstatus.com ', 'https://www.githubstatus.com/api/v2/summary.json'],
  ['https://status.openai.com/', 'https://status.openai.com/api/v2/summary.json'],
  ['STATUS.CLOUD.GOOGLE.COM', 'https://status.cloud.google.com/incidents.json'],
  ['status.azure.com', 'https://rssfeed.azure.status.microsoft/en-us/status/feed/'],
  ['slack-status.com', 'https://slack-status.com/api/v2.0.0/current'],
  ['status.heroku.com', 'https://status.heroku.com/api/v4/current-status'],
  ['status.salesforce.com', 'https://api.status.salesforce.com/v1/incidents/active'],
  ['ocistatus.oraclecloud.com', 'https://ocistatus.oraclecloud.com/api/v2/components.json'],
  ['status.aws.amazon.com', 'https://status.aws.amazon.com/rss/all.rss'],
  ['localhost:8080', 'http://localhost:8080/api/v2/summary.json'],
  ['127.0.0.1:8080', 'http://127.0.0.1:8080/api/v2/summary.json'],
])('%s is asked first at %s', (typed, first) => {
  expect(urls(typed)[0]).toBe(first);
});

test('a page of a known host is asked as it is, then at its feed', () => {
  expect(urls('https://www.google.com/appsstatus/dashboard/')).toEqual([
    'https://www.google.com/appsstatus/dashboard/',
    'https://www.google.com/appsstatus/dashboard/incidents.json',
  ]);
});

test('an address that is a known feed is asked once, and its kind is known', () => {
  const found = candidatesFor('https://status.aws.amazon.com/rss/all.rss');
  expect(found.ok && found.value).toEqual([
    { url: 'https://status.aws.amazon.com/rss/all.rss', kind: 'aws_rss' },
  ]);
});

test.each<[string, string]>([
  ['http://status.example.org', 'Not asked: http://status.example.org is not https.'],
  ['ftp://status.example.org', 'Not asked: ftp://status.example.org is not https.'],
  [
    'https://me:secret@status.example.org',
    'Not asked: https://status.example.org carries a user name or password.',
  ],
  ['what is wrong', '"https://what is wrong" is not a web address.'],
])('%s is not asked', (typed, why) => {
  expect(urls(typed)).toBe(why);
});
