import { contextBridge, ipcRenderer, webUtils } from 'electron';
import { CHANNELS, PUSHES, WIRE_PREFIX } from './contract/channels.ts';

/** One function per named request: the window can ask for nothing that is not on the list. */
const requests = Object.fromEntries(
  CHANNELS.map((channel) => [
    channel,
    (input: unknown): Promise<unknown> => ipcRenderer.invoke(WIRE_PREFIX + channel, input),
  ]),
);

/** Listeners get the message alone: the event object would hand them the sender. */
const on = Object.fromEntries(
  PUSHES.map((push) => [
    push,
    (listener: (message: unknown) => void): (() => void) => {
      const relay = (_event: unknown, message: unknown): void => {
        listener(message);
      };
      ipcRenderer.on(WIRE_PREFIX + push, relay);
      return () => {
        ipcRenderer.removeListener(WIRE_PREFIX + push, relay);
      };
    },
  ]),
);

contextBridge.exposeInMainWorld('demarc', {
  ...requests,
  on,
  pathOfFile: (file: File): string => webUtils.getPathForFile(file),
});
