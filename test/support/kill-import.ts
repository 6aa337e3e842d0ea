import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { createInProcessClient } from '../../db/in-process.ts';
import { openServices, SILENT } from '../../main/services/open-services.ts';

/*
 * Imports a file through the real services and dies by SIGKILL at the batch that it is told: `before` it is stored, or when it has
 * been stored `after` all, or when the whole `file` is there. Its parent then looks at what is left.
 */
const [dataFolder = '', incidentId = '', file = '', when = '', batch = '1'] = process.argv.slice(2);
const die = (): void => {
  process.kill(process.pid, 'SIGKILL');
};

const database = createInProcessClient({ dataDir: dataFolder });
let batches = 0;
const opened = await openServices(
  {
    ...database,
    call: async (method, args) => {
      const answer = await database.call(method, args);
      if (when === 'file' && method === 'finishImport') die();
      return answer;
    },
    takeImports: (port) => {
      if (when === 'before') {
        port.on('message', () => {
          batches += 1;
          if (batches === Number(batch)) die();
        });
      }
      database.takeImports(port);
      if (when === 'after') {
        // The database listens one turn later, and each message is told to listeners in their order.
        void database.opened.then(() => {
          port.on('message', () => {
            batches += 1;
            if (batches === Number(batch)) die();
          });
        });
      }
    },
  },
  {
    dataFolder,
    resourcesFolder: path.resolve('resources'),
    exportFolder: dataFolder,
    workerUrl: new URL('file:///unused'),
    importWorkerUrl: pathToFileURL(path.join(import.meta.dirname, 'reader.mjs')),
    publish: SILENT,
  },
);
if (!opened.ok) throw new Error(opened.error.message);
const outcome = await opened.value.imports.run(incidentId, [file]);
throw new Error(`It was to be killed: ${JSON.stringify(outcome)}`);
