import { once } from 'node:events';
import { createConnection } from 'node:net';
import { text } from 'node:stream/consumers';
import { Cannot } from './cannot.mjs';
import { start } from './processes.mjs';

/** Whether windows can be shown to a person here: everywhere but on a Linux without a display server. */
export function hasDisplay() {
  return process.platform !== 'linux' || Boolean(process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY']);
}

/** Fails with a sentence when DISPLAY names a local display server that is not there. */
export async function checkDisplay() {
  const display = process.env['DISPLAY'] ?? '';
  const number = /^:(\d+)/.exec(display)?.[1];
  if (process.platform !== 'linux' || number === undefined) return;
  const socket = `/tmp/.X11-unix/X${number}`;
  if ((await answers(socket)) || (await answers(`\0${socket}`))) return;
  throw new Cannot(
    `DISPLAY is ${display}, but no display server answers there: start one, or unset DISPLAY for a virtual display.`,
  );
}

/** @param {string} socket @returns {Promise<boolean>} */
function answers(socket) {
  return new Promise((resolve) => {
    const connection = createConnection(socket);
    connection.once('connect', () => {
      connection.destroy();
      resolve(true);
    });
    connection.once('error', () => resolve(false));
  });
}

/**
 * Does `work` with a display that nobody sees, on a number that is free.
 *
 * @template T
 * @param {(display: string) => Promise<T>} work given the value for DISPLAY
 * @returns {Promise<T>}
 */
export async function onVirtualDisplay(work) {
  const server = start('Xvfb', ['-displayfd', '3', '-screen', '0', '1440x1000x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
  });
  const errors = server.stderr ? text(server.stderr) : Promise.resolve('');
  const failed = once(server, 'error').then(([error]) => Promise.reject(error));
  const number = await Promise.race([firstLine(server.stdio[3]), failed]).catch(() => '');
  if (number === '') {
    throw new Cannot(
      `The virtual display (Xvfb) did not start: ${(await errors).trim() || 'it said nothing'}`,
    );
  }
  try {
    return await work(`:${number}`);
  } finally {
    server.kill('SIGTERM');
  }
}

/** Its first line, or nothing when it ends before. @param {unknown} stream */
async function firstLine(stream) {
  let line = '';
  for await (const chunk of /** @type {import('node:stream').Readable} */ (stream)) {
    line += chunk;
    if (line.includes('\n')) return line.trim();
  }
  return '';
}
