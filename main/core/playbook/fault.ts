/** A fault in a playbook document. `path` is its JSON path, such as `$.checks[3].weights[0].reason`. */
export interface Fault {
  readonly code:
    | 'shape'
    | 'duplicate_id'
    | 'duplicate_key'
    | 'reserved_key'
    | 'missing_way_out'
    | 'unknown_check'
    | 'unknown_answer'
    | 'unknown_group'
    | 'unreachable'
    | 'dead_end'
    | 'contradictory_gate'
    | 'cycle'
    | 'order'
    | 'weight'
    | 'prior';
  readonly path: string;
  readonly message: string;
}

/** Writes a path of keys and indices as a JSON path. */
export function jsonPath(...parts: readonly PropertyKey[]): string {
  return parts.reduce<string>((path, part) => {
    if (typeof part === 'number') return `${path}[${String(part)}]`;
    const name = String(part);
    return /^[A-Za-z_]\w*$/.test(name) ? `${path}.${name}` : `${path}[${JSON.stringify(name)}]`;
  }, '$');
}
