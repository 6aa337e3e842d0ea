import type { ObjectScanner, ScanEvents } from './scanner.ts';

/**
 * Keeps a file that is one document until its end, and gives it as one record; `prefix` is cut off before it. One that is
 * larger than `most` bytes is a fault and is let go, so that memory stays bounded.
 */
export function wholeScanner(events: ScanEvents, most: number, prefix = ''): ObjectScanner {
  let chunks: Buffer[] = [];
  let size = 0;
  let tooLarge = false;
  return {
    push(chunk) {
      size += chunk.length;
      if (tooLarge) return;
      if (size <= most) {
        chunks.push(Buffer.from(chunk));
        return;
      }
      tooLarge = true;
      chunks = [];
      events.onFault(0, `larger than ${most} bytes, and it can only be read as a whole`);
    },
    finish() {
      if (tooLarge || size === 0) return 'whole';
      const content = Buffer.concat(chunks);
      chunks = [];
      const start = content.subarray(0, prefix.length).toString('latin1') === prefix ? prefix.length : 0;
      const read = events.onObject(content, start, content.length, start);
      return read || /[}\]]\s*$/.test(content.subarray(-64).toString('latin1')) ? 'whole' : 'cut_off';
    },
  };
}
