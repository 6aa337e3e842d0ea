const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
};

/** The words of a piece of HTML: tags out, block ends as a space, the common entities and character numbers decoded. */
export function plainText(html: string): string {
  return html
    .replace(/<[^<>]*>/g, ' ')
    .replace(/&(?:#(\d{1,7})|(amp|lt|gt|quot|apos|nbsp));/g, decode)
    .replace(/\s+/g, ' ')
    .trim();
}

function decode(whole: string, number: string | undefined, name: string | undefined): string {
  if (name !== undefined) return ENTITIES[name] ?? whole;
  const code = Number(number);
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
}
