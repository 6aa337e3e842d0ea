import { expect, test } from 'vitest';
import { parseSearch } from '../../../main/core/evidence/search.ts';

const words = (typed: string) =>
  parseSearch(typed).map(({ text, fields }) => (fields === null ? text : `${fields.join('+')}=${text}`));

test('words, quoted words and words of one field are told apart', () => {
  expect(words('  PutBucketPolicy ana ')).toEqual(['PutBucketPolicy', 'ana']);
  expect(words('"is not authorized" error:denied')).toEqual(['is not authorized', 'error+message=denied']);
  expect(words('principal:"B. Okafor" NAME:Put')).toEqual(['principal=B. Okafor', 'name=Put']);
  expect(words('resource:arn:aws:s3:::orders')).toEqual(['resource=arn:aws:s3:::orders']);
});

test('a colon after anything but a field belongs to the word, and nothing typed is an error', () => {
  expect(words('arn:aws:s3:::orders')).toEqual(['arn:aws:s3:::orders']);
  expect(words('10:42 constructor:x')).toEqual(['10:42', 'constructor:x']);
  expect(words('"never closed')).toEqual(['never closed']);
  expect(words('name: ""')).toEqual(['name:']);
  expect(words('')).toEqual([]);
  expect(parseSearch('a '.repeat(100))).toHaveLength(20);
  expect(parseSearch('b'.repeat(10_000))[0]?.text).toHaveLength(512);
});
