import { createContext, useContext, useEffect, useId, useMemo, useRef } from 'react';
import { tinykeys } from 'tinykeys';
import { create } from 'zustand';
import { bindingsOf, isSingleKey, typesInto } from './keys.ts';

/** Where a command stands in the palette and on the sheet of keys. */
export type CommandGroup = 'Answer' | 'Incident' | 'Go to' | 'Window';

/**
 * Something the user can do, once, in one place: shortcuts, palette and the `?` sheet all read it from here.
 * `keys` in tinykeys' grammar: `h`, `g t` (one after the other), `$mod+k`.
 */
export interface Command {
  readonly id: string;
  readonly title: string;
  readonly keys?: readonly string[];
  readonly group: CommandGroup;
  readonly run: () => void;
  readonly enabled?: boolean;
}

interface Registration {
  readonly layer: number;
  readonly commands: readonly Command[];
}

interface Registry {
  readonly registrations: ReadonlyMap<string, Registration>;
  /** Layers that lie above the view: open dialogs. Only the topmost layer's keys work. */
  readonly layers: readonly number[];
}

const useRegistry = create<Registry>()(() => ({ registrations: new Map(), layers: [] }));

/** How many dialogs lie below; 0 in a view. */
export const CommandLayer = createContext(0);

/** Registers what the calling component can do, as long as it is mounted. Later calls with other closures are cheap. */
export function useCommands(commands: readonly Command[]): void {
  const owner = useId();
  const layer = useContext(CommandLayer);
  const latest = useRef(commands);
  useEffect(() => {
    latest.current = commands;
  });
  const shape = JSON.stringify(commands.map((command) => ({ ...command, run: null })));
  useEffect(() => {
    const stable = latest.current.map((command, at) => ({
      ...command,
      run: () => latest.current[at]?.run(),
    }));
    useRegistry.setState(({ registrations }) => ({
      registrations: new Map(registrations).set(owner, { layer, commands: stable }),
    }));
    return () => {
      useRegistry.setState(({ registrations }) => {
        const rest = new Map(registrations);
        rest.delete(owner);
        return { registrations: rest };
      });
    };
  }, [owner, layer, shape]);
}

/** Tells the registry that a dialog of this layer is open, so that the keys of what lies below rest. */
export function useCommandLayer(layer: number): void {
  useEffect(() => {
    useRegistry.setState(({ layers }) => ({ layers: [...layers, layer] }));
    return () => {
      useRegistry.setState(({ layers }) => ({ layers: layers.toSpliced(layers.lastIndexOf(layer), 1) }));
    };
  }, [layer]);
}

/** Every registered command that can be run now, in the order of registration; the first of equal ids counts. */
export function useCommandList(): readonly Command[] {
  const registrations = useRegistry((registry) => registry.registrations);
  return useMemo(() => {
    const all = [...registrations.values()].flatMap((one) => one.commands);
    return all.filter(
      (command, at) => command.enabled !== false && all.findIndex((other) => other.id === command.id) === at,
    );
  }, [registrations]);
}

/** Listens to the keyboard for every registered command; once, by the window itself. */
export function useShortcuts(singleKeys: boolean): void {
  const { registrations, layers } = useRegistry();
  useEffect(() => {
    const top = Math.max(0, ...layers);
    const active = [...registrations.values()].filter((one) => one.layer === top);
    const bindings: [string, Command][] = active
      .flatMap((one) => one.commands)
      .filter((command) => command.enabled !== false)
      .flatMap((command) =>
        (command.keys ?? [])
          .filter((keys) => singleKeys || !isSingleKey(keys))
          .flatMap((keys) => bindingsOf(keys).map((binding): [string, Command] => [binding, command])),
      );
    // Sequences come first: having run, they keep their last key from being taken as a command of its own.
    bindings.sort(([one], [other]) => other.split(' ').length - one.split(' ').length);
    const map: Record<string, (event: KeyboardEvent) => void> = {};
    for (const [binding, command] of bindings) {
      map[binding] ??= (event) => {
        if (event.defaultPrevented || event.isComposing || event.repeat) return;
        if (isSingleKey(binding) && typesInto(event.target)) return;
        event.preventDefault();
        command.run();
      };
    }
    // Captured, because component libraries keep key presses to themselves.
    return tinykeys(window, map, { capture: true, timeout: 1500 });
  }, [registrations, layers, singleKeys]);
}
