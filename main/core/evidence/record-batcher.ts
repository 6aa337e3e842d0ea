import { epochMs } from '../time.ts';
import type { LogRecord } from './model.ts';
import { packGuid, type RecordBatch, writePrint } from './record-batch.ts';
import {
  type Columns,
  emptyColumns,
  idsByPosition,
  newColumns,
  ordered,
  orderOf,
  postingsOf,
  pushText,
  pushTexts,
  reserveRow,
} from './record-columns.ts';
import {
  addressNumber,
  listNumbers,
  newVocabulary,
  templateNumbers,
  type Vocabulary,
} from './record-numbers.ts';
import type { ListNumbers, TemplatedRecord, TemplateNumbers } from './templated-record.ts';

/** Positions are kept in 16 bits; half of that keeps a batch at a few megabytes. */
const BATCH_RECORDS = 32_768;
/** Characters of new texts after which a batch is full, whatever the number of its records. */
const BATCH_CHARACTERS = 4 * 1024 * 1024;
/** Texts and calls after which a vocabulary begins anew, so that it stays small where every record differs. */
const VOCABULARY_SIZE = 200_000;
/** Characters of texts after which it does so too: long messages of which no two are alike would fill the memory before that. */
const VOCABULARY_CHARACTERS = 16 * 1024 * 1024;

export interface RecordBatcher {
  readonly add: (record: LogRecord) => void;
  /** The same of a record in parts, which costs less. */
  readonly addTemplated: (record: TemplatedRecord) => void;
  readonly size: () => number;
  /** True when the batch should be taken before more is added. */
  readonly isFull: () => boolean;
  /** The batch so far, and begins the next. */
  readonly take: () => RecordBatch;
  /** Forgets the batch so far and all numbers: what was taken before may have been removed where it went. */
  readonly reset: () => void;
}

/** Gathers records into batches. */
export function recordBatcher(): RecordBatcher {
  const columns = newColumns();
  let vocabulary = 1;
  let words = newVocabulary();

  function beginAnew(): void {
    vocabulary += 1;
    words = newVocabulary();
  }

  return {
    add(record) {
      writeRow(columns, words, record, {
        template: templateNumbers(words, record),
        address: addressNumber(words, record.sourceIp),
        resources: listNumbers(words, record.resources),
      });
    },
    addTemplated(record) {
      writeRow(columns, words, record, numbersOf(words, record));
    },
    size: () => columns.rows,
    isFull: () => columns.rows >= BATCH_RECORDS || words.newCharacters >= BATCH_CHARACTERS,
    take() {
      const taken = takeBatch(columns, words, vocabulary);
      emptyColumns(columns);
      words.newTexts = { fields: [], values: [] };
      words.newCalls = [];
      words.callsBefore = words.calls.size();
      words.characters += words.newCharacters;
      words.newCharacters = 0;
      if (words.texts + words.calls.size() > VOCABULARY_SIZE || words.characters > VOCABULARY_CHARACTERS)
        beginAnew();
      return taken;
    },
    reset() {
      emptyColumns(columns);
      beginAnew();
    },
  };
}

/** What a row consists of beside its id and time. */
interface RowNumbers {
  readonly template: TemplateNumbers;
  readonly address: number;
  readonly resources: ListNumbers;
}

/** The numbers of a record's parts, which are looked up only where they are not noted with them. */
function numbersOf(words: Vocabulary, { template, address, resources }: TemplatedRecord): RowNumbers {
  const of = words.mark;
  if (template.numbers?.of !== of) template.numbers = { of, ...templateNumbers(words, template.value) };
  if (address.numbers?.of !== of) address.numbers = { of, text: addressNumber(words, address.value) };
  if (resources.numbers?.of !== of) resources.numbers = { of, ...listNumbers(words, resources.value) };
  return { template: template.numbers, address: address.numbers.text, resources: resources.numbers };
}

function writeRow(
  columns: Columns,
  words: Vocabulary,
  { id, at }: Pick<LogRecord, 'id' | 'at'>,
  { template, address, resources }: RowNumbers,
): void {
  reserveRow(columns);
  const row = columns.rows;
  if (words.at !== at) {
    words.at = at;
    words.ms = epochMs(at);
  }
  columns.at[row] = words.ms;
  writePrint(id, columns.prints, row * 2);
  if (!packGuid(id, columns.guids, row * 16)) columns.otherIds.push([row, id]);
  columns.call[row] = template.call;
  columns.kind[row] = template.kind;
  columns.message[row] = template.message;
  columns.detail[row] = template.detail;
  columns.address[row] = address;
  columns.resources[row] = resources.list;
  pushTexts(columns, template.texts);
  if (address !== 0) pushText(columns, address);
  pushTexts(columns, resources.texts);
  columns.textEnds[row] = columns.textCount;
  columns.rows = row + 1;
}

function takeBatch(columns: Columns, words: Vocabulary, vocabulary: number): RecordBatch {
  const order = orderOf(columns);
  const { rows } = columns;
  const placed = { rows, order };
  return {
    vocabulary,
    records: rows,
    at: ordered(columns.at, placed),
    kind: ordered(columns.kind, placed),
    call: ordered(columns.call, placed),
    address: ordered(columns.address, placed),
    message: ordered(columns.message, placed),
    resources: ordered(columns.resources, placed),
    detail: ordered(columns.detail, placed),
    guids: ordered(columns.guids, { ...placed, width: 16 }),
    otherIds: idsByPosition(columns, order),
    prints: ordered(columns.prints, { ...placed, width: 2 }),
    newTexts: { fields: Uint8Array.from(words.newTexts.fields), values: words.newTexts.values },
    newCalls: words.newCalls,
    postings: postingsOf(columns, order, words.texts),
  };
}
