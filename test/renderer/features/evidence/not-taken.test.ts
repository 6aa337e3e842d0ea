import { describe, expect, it } from 'vitest';
import type { FileReport } from '../../../../main/core/evidence/model.ts';
import { filesInWords, notTaken } from '../../../../renderer/features/evidence/not-taken.ts';
import { fileReport } from '../../../support/file-report.ts';

function file(name: string, more: Partial<FileReport> = {}): FileReport {
  return { ...fileReport('a'.repeat(64)), file: name, records: 0, ...more };
}

const UNKNOWN = { recognisedAs: null, notes: ['This is no kind of file that is known here.'] };

describe('what an import did not take', () => {
  it('stands together by its reason, what was not opened first', () => {
    const files = [
      file('a.md', UNKNOWN),
      file('read.json', { records: 3 }),
      file('b.md', UNKNOWN),
      file('digest.json', { notes: ['A digest.'] }),
    ];
    expect(notTaken({ files, leftOut: ['/logs/secret: may not be read.'] })).toEqual([
      { word: 'not opened', files: [], why: '/logs/secret: may not be read.' },
      { word: 'nothing added', files: ['a.md', 'b.md'], why: UNKNOWN.notes[0] },
      { word: 'nothing added', files: ['digest.json'], why: 'A digest.' },
    ]);
  });

  it('says why also where the reader had nothing to note', () => {
    const files = [file('again.json', { records: 2, duplicates: 2 }), file('empty.json')];
    expect(notTaken({ files, leftOut: [] }).map(({ why }) => why)).toEqual([
      '2 records, all there already.',
      'There is nothing in it.',
    ]);
  });

  it.each([
    [['a.json'], 'a.json'],
    [['a.json', 'b.json'], 'a.json and b.json'],
    [['a.json', 'b.json', 'c.json'], 'a.json and 2 others'],
    [['a.md', 'a.md', 'a.md'], 'a.md (3 files)'],
  ])('names %j as %s', (files, words) => {
    expect(filesInWords(files)).toBe(words);
  });
});
