/**
 * The answer every check has: never weighed, shown as a hole, and never the same as *checked, fine*. In a file of its own,
 * because the window needs the word without the schemas.
 */
export const COULD_NOT_CHECK = 'could_not_check';
