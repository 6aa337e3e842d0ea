import fc from 'fast-check';
import { expect, test } from 'vitest';
import { renderJson } from '../../../main/adapters/exports/json.ts';
import { IncidentId } from '../../../main/core/ids.ts';
import { TrailExport } from '../../../main/core/trail/model.ts';
import { CHECKPOINT, DRILL_STORY, reportAfter, STORY } from '../../core/report/fixtures.ts';

const TRAIL = TrailExport.parse({
  incident: IncidentId.parse('i-1'),
  writers: [
    {
      writer: CHECKPOINT.writer,
      publicKey: CHECKPOINT.publicKey,
      entries: [{ seq: 1, bytes: '{"a":"\u202e\\n"}', prev: '0'.repeat(64), hash: '1'.repeat(64) }],
    },
  ],
  checkpoint: CHECKPOINT,
});

test('the export carries the report and the trail, and loses nothing of either', () => {
  const report = reportAfter(STORY);
  expect(JSON.parse(renderJson(report, TRAIL))).toEqual({
    schemaVersion: 1,
    kind: 'demarc_report',
    mode: 'live',
    report: JSON.parse(JSON.stringify(report)) as unknown,
    trail: TRAIL,
  });
});

test('of a drill it says so at the top', () => {
  expect(JSON.parse(renderJson(reportAfter(DRILL_STORY), TRAIL))).toMatchObject({ mode: 'drill' });
});

test('no character in the file is invisible or turns round what stands beside it, and all come back', () => {
  const plain = reportAfter(STORY);
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (value) => {
      const report = { ...plain, header: { ...plain.header, title: `t${value}` } };
      const json = renderJson(report, TRAIL);
      expect(json.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
      expect(JSON.parse(json)).toMatchObject({ report: { header: { title: `t${value}` } }, trail: TRAIL });
    }),
    { numRuns: 200 },
  );
});
