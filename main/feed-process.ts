import { fileURLToPath } from 'node:url';
import { utilityProcess } from 'electron';
import type { FromFeedProcess, StartFeedProcess } from './adapters/feeds/feed-work-messages.ts';

/** Memory for it: no feed that is read comes near. */
const MOST_MEGABYTES = 512;

/** Starts the process that reads feeds as Electron starts processes; it ends with the app. */
export function feedProcess(program: URL): StartFeedProcess {
  return ({ message, ended }) => {
    const child = utilityProcess.fork(fileURLToPath(program), [], {
      serviceName: 'Demarc feeds',
      execArgv: [`--max-old-space-size=${MOST_MEGABYTES}`],
    });
    child.on('message', (data: FromFeedProcess) => message(data));
    child.once('exit', (code) => ended(`its process ended with ${code}`));
    return { post: (one) => child.postMessage(one), kill: () => void child.kill() };
  };
}
