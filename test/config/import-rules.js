/**
 * Which way imports may go, once: the linter, the dependency check and the README's table all come from here.
 * `from` may import itself and what `may` lists; `packages` are the npm packages and Node modules it may use
 * (`any` where the room is an outer one). The reason is what a person sees who breaks the rule.
 */
export const ROOMS = [
  {
    from: 'main/core',
    may: [],
    packages: ['zod'],
    reason: 'The core is pure: no I/O, no clock, no randomness. Let the fact arrive in an argument.',
  },
  {
    from: 'preload/contract',
    may: ['main/core'],
    packages: ['zod'],
    reason: 'The contract is shapes and names only; both ends import it.',
  },
  {
    from: 'preload/index.ts',
    may: ['preload/contract/channels.ts'],
    packages: ['electron'],
    reason: 'The preload runs sandboxed beside untrusted content: names of channels and nothing else.',
  },
  {
    from: 'db',
    may: ['main/core'],
    packages: ['node', 'better-sqlite3', 'canonicalize', 'zod'],
    reason: 'The database knows the domain, not the app around it.',
  },
  {
    from: 'main/adapters',
    may: ['main/core'],
    packages: ['node', 'zod', 'fast-xml-parser', '@aws-sdk/client-health', 'undici'],
    reason:
      'An adapter turns bytes into records and back; what they mean is for the core, when for the services.',
  },
  {
    from: 'main/services',
    may: ['main/core', 'main/adapters', 'db/client.ts', 'db/api.ts', 'preload/contract/views.ts'],
    packages: ['node', 'zod'],
    reason: 'Services reach the database through its client alone, and never the window.',
  },
  {
    from: 'main/ipc',
    may: ['main/core', 'main/services', 'preload/contract'],
    packages: ['zod'],
    reason: 'IPC translates between contract and services; Electron is handed in.',
  },
  {
    from: 'main/cli',
    may: ['main/core', 'main/services', 'main/adapters', 'db', 'preload/contract/views.ts'],
    packages: ['node', 'zod', 'commander'],
    reason: 'The command line knows everybody but the window.',
  },
  {
    from: 'renderer/components',
    may: ['main/core', 'renderer/lib', 'preload/contract'],
    packages: ['react', 'react-dom', 'react-aria-components'],
    reason: 'A component shows what it is given and knows no feature.',
  },
  {
    from: 'renderer/lib',
    may: ['main/core', 'preload/contract'],
    packages: ['react', 'zustand', 'tinykeys'],
    reason: 'What all features share: the api, the clock, the commands.',
  },
  {
    from: 'renderer/features/*',
    may: ['main/core', 'preload/contract', 'renderer/lib', 'renderer/components'],
    packages: ['react', 'react-dom', 'react-aria-components', 'zustand', '@xyflow/react'],
    reason: 'Features meet in renderer/app only, so that each can be understood and removed alone.',
  },
  {
    from: 'renderer/app',
    may: ['main/core', 'preload/contract', 'renderer/lib', 'renderer/components', 'renderer/features'],
    packages: ['react', 'react-dom', 'react-aria-components', 'zustand', 'tinykeys'],
    reason: 'The app composes features and talks to main through the contract alone.',
  },
];

/** Rooms that know everybody, and so have no rule: main/index.ts, main/window.ts, main/security.ts, renderer/main.tsx, test. */
