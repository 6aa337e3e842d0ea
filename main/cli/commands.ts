/** The first words the command line answers to. The app looks at them before it opens a window, so this stays light. */
const COMMANDS: readonly string[] = [
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
];

/** True for a word that begins a command. */
export function isCommand(argument: string): boolean {
  return COMMANDS.includes(argument);
}
