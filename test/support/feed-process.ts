import { fork } from 'node:child_process';
import type { FromFeedProcess, StartFeedProcess } from '../../main/adapters/feeds/feed-work-messages.ts';

/** Starts the built process that reads feeds as Node starts processes. It keeps nobody from ending. */
export function forkedFeedProcess(script: string): StartFeedProcess {
  return ({ message, ended }) => {
    const child = fork(script, { serialization: 'advanced' });
    child.on('message', (data) => message(data as FromFeedProcess)); // as feed-process.ts sends
    child.once('exit', (code) => ended(`its process ended with ${code}`));
    child.unref();
    child.channel?.unref();
    return { post: (one) => void child.send(one), kill: () => void child.kill() };
  };
}
