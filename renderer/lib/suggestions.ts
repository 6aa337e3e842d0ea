/** A name to offer, with other names by which people look for it. */
export interface Suggestion {
  readonly name: string;
  readonly also: readonly string[];
}

const AT_MOST = 50;

/** The suggestions that fit what is being typed, those that begin with it first; all of them while nothing is. */
export function matchSuggestions(suggestions: readonly Suggestion[], text: string): readonly Suggestion[] {
  const wanted = text.trim().toLowerCase();
  if (wanted === '') return suggestions.slice(0, AT_MOST);
  const rank = (one: Suggestion): number => {
    const names = [one.name, ...one.also].map((name) => name.toLowerCase());
    if (names.includes(wanted)) return 0;
    if (names.some((name) => name.startsWith(wanted))) return 1;
    if (names.some((name) => name.split(/[\s-]/).some((word) => word.startsWith(wanted)))) return 2;
    return names.some((name) => name.includes(wanted)) ? 3 : 4;
  };
  return suggestions
    .map((one) => ({ one, rank: rank(one) }))
    .filter((ranked) => ranked.rank < 4)
    .toSorted((a, b) => a.rank - b.rank)
    .slice(0, AT_MOST)
    .map((ranked) => ranked.one);
}
