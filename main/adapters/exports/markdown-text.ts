/**
 * Text of others inside Markdown that is ours. What came from a feed, a log or a person is shown as it is: it cannot
 * open a link, an image, a heading, HTML or a new cell, and no character of it is invisible. The rules are those of
 * CommonMark 0.31 and GitHub's tables (https://github.github.com/gfm/#tables-extension-): a backslash before ASCII
 * punctuation makes it plain; a bar becomes a reference, since parsers differ over a backslash before it.
 */

const REFERENCES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '|': '&#124;',
};

/** Control, format and private characters, halves of surrogate pairs, and separators of lines that are none to people. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/gu;
/** Joiners belong to the spelling of many scripts and to emoji; anywhere else they only hide. */
const JOINERS = new Set(['\u200c', '\u200d']);
const JOINABLE = /^[\p{L}\p{M}\p{Emoji}\p{Cs}]$/u;

/** Every invisible character as a token that is seen: `‹U+202E›`. Line breaks become ` ⏎ `, tabs a space. */
export function visible(value: string): string {
  const flat = value.replace(/\r\n|\r|\n/g, ' ⏎ ').replace(/\t/g, ' ');
  return flat.replace(INVISIBLE, (character, offset: number) =>
    JOINERS.has(character) && joins(flat, offset) ? character : token(character),
  );
}

/** True between two characters beyond ASCII that can be joined; halves of a pair count as the emoji they are part of. */
function joins(value: string, offset: number): boolean {
  return [offset - 1, offset + 1].every((at) => {
    const neighbour = value.charAt(at);
    return neighbour > '\u007f' && JOINABLE.test(neighbour);
  });
}

/** Plain text for any place in a line: a paragraph, a list item, a table's cell, a heading. */
export function text(value: string): string {
  return visible(value)
    .trim()
    .replace(/[&<>|\\`*_~[\]{}$!#]/g, (character) => REFERENCES[character] ?? `\\${character}`)
    .replace(/:(?=\/\/)/g, '\\:')
    .replace(/\bwww\./gi, (start) => `${start.slice(0, -1)}\\.`)
    .replace(/^[+=-]/, '\\$&')
    .replace(/^(\d{1,9})([.)])/, '$1\\$2');
}

/** An identifier, a hash or a call as code; as plain text where it contains a character that code cannot hold everywhere. */
export function code(value: string): string {
  const shown = visible(value).trim();
  if (shown === '') return '';
  return /[`|\\<>&{}$]/.test(shown) ? text(value) : `\`${shown}\``;
}

/** A table of GitHub's kind from cells that are Markdown already. Empty rows of cells are kept; no rows give no table. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  if (rows.length === 0) return [];
  return [row(head), row(head.map(() => '---')), ...rows.map(row), ''];
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

function token(character: string): string {
  return `‹U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}›`;
}
