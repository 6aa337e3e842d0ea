/** A heading and what stands under it, as lines of Markdown. */
export interface Section {
  readonly heading: string;
  readonly lines: readonly string[];
}
