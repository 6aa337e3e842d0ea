/** Joins the class names that are there: `cx(styles['button'], isWide && styles['wide'])`. */
export function cx(...names: readonly (string | false | null | undefined)[]): string {
  return names.filter((name) => typeof name === 'string' && name !== '').join(' ');
}
