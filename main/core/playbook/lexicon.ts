import type { Playbook } from './definition.ts';

/**
 * The playbook in use with, after its own, the checks that only the playbooks used before it had: for telling in words what
 * was observed under them. Never judged by. `earlier` newest first; where two had a check, the newer one's words count.
 */
export function lexiconOf(playbook: Playbook, earlier: readonly Playbook[]): Playbook {
  const checks = new Map(playbook.checks.map((check) => [check.id, check]));
  for (const check of earlier.flatMap((one) => one.checks))
    if (!checks.has(check.id)) checks.set(check.id, check);
  return checks.size === playbook.checks.length ? playbook : { ...playbook, checks: [...checks.values()] };
}
