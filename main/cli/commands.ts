/** The first words that make a start of the app a command instead of a window. */
const COMMANDS: ReadonlySet<string> = new Set([
  'incident',
  'feeds',
  'evidence',
  'judge',
  'playbook',
  'drill',
  'export',
  'verify',
  'doctor',
  'help',
]);

/** True for a word that names a command. */
export function isCommand(word: string): boolean {
  return COMMANDS.has(word);
}
