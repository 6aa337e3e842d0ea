// Draws the PNG icons that the packages need, in the shapes of icon.svg beside this file:
//   node resources/icons/make-icons.mjs
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { crc32, deflateSync } from 'node:zlib';

const SIZES = [16, 32, 48, 64, 128, 256, 512];
/** Samples per pixel and direction, for smooth corners. */
const SAMPLES = 4;

const PROVIDER = [0x6c, 0xbd, 0xf0];
const CUSTOMER = [0xf0, 0xa6, 0x3a];
const LINE = [0x0e, 0x12, 0x16];

for (const size of SIZES) writeFileSync(path.join(import.meta.dirname, `${size}x${size}.png`), png(size));

/** The colour at a point of the unit square, or null outside the icon. @param {number} x @param {number} y */
function colourAt(x, y) {
  const [left, right, radius] = [1 / 16, 15 / 16, 3 / 16];
  if (x < left || x > right || y < left || y > right) return null;
  const dx = Math.max(left + radius - x, x - (right - radius), 0);
  const dy = Math.max(left + radius - y, y - (right - radius), 0);
  if (Math.hypot(dx, dy) > radius) return null;
  if (Math.abs(x - 0.5) < 1 / 32) return LINE;
  return x < 0.5 ? PROVIDER : CUSTOMER;
}

/** Red, green, blue and alpha of one pixel. @param {number} column @param {number} row @param {number} size */
function pixel(column, row, size) {
  const sum = [0, 0, 0];
  let covered = 0;
  for (let i = 0; i < SAMPLES * SAMPLES; i++) {
    const x = (column + ((i % SAMPLES) + 0.5) / SAMPLES) / size;
    const y = (row + (Math.floor(i / SAMPLES) + 0.5) / SAMPLES) / size;
    const colour = colourAt(x, y);
    if (!colour) continue;
    covered++;
    colour.forEach((value, channel) => (sum[channel] = (sum[channel] ?? 0) + value));
  }
  const alpha = Math.round((255 * covered) / (SAMPLES * SAMPLES));
  return covered === 0 ? [0, 0, 0, 0] : [...sum.map((value) => Math.round(value / covered)), alpha];
}

/** A PNG file (https://www.w3.org/TR/png-3/): eight bits, red green blue alpha, no filter. @param {number} size */
function png(size) {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  header.set([8, 6, 0, 0, 0], 8);
  const rows = Buffer.from(
    Array.from({ length: size }, (_, row) => [
      0,
      ...Array.from({ length: size }, (_, column) => pixel(column, row, size)).flat(),
    ]).flat(),
  );
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** @param {string} type @param {Buffer} data */
function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const ends = Buffer.alloc(8);
  ends.writeUInt32BE(data.length, 0);
  ends.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([ends.subarray(0, 4), body, ends.subarray(4)]);
}
