import { MIGRATIONS } from '../../db/migrations/index.ts';
import { openStore } from '../../db/store.ts';
import { incidentSummary, upgrade } from './kill-values.ts';

/*
 * Opens a data folder and kills itself just before the statement with the given number runs: of the first schema (`create`)
 * or of an upgrade to the next (`upgrade`). Without such a statement it ends with status 0.
 */
const [, , dataDir = '', what = '', position = ''] = process.argv;

function deadly(statements: readonly string[]): readonly string[] {
  return new Proxy(statements, {
    get: (target, key) => {
      if (key === position) process.kill(process.pid, 'SIGKILL');
      return Reflect.get(target, key) as unknown;
    },
  });
}

const migrations = [...MIGRATIONS, upgrade].map((migration) => {
  const last = migration.version === upgrade.version;
  return last === (what === 'upgrade')
    ? { ...migration, statements: deadly(migration.statements) }
    : migration;
});
const opened = await openStore(dataDir, {
  now: incidentSummary.updatedAt,
  migrations: what === 'upgrade' ? migrations : migrations.slice(0, -1),
});
if (!opened.ok) throw new Error(opened.error.message);
opened.value.db.close();
