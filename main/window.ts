import { BrowserWindow, nativeTheme } from 'electron';
import { START_URL } from './security-rules.ts';

/** Window backgrounds as in the window's tokens, so that nothing flashes before the first paint. */
const BACKGROUND = { dark: '#0E1216', light: '#FAFAF7' };

/** Opens the one window. Every preference that matters for safety is spelled out, also where it is the default. */
export function openWindow(preload: string): BrowserWindow {
  const window = new BrowserWindow({
    width: 1280,
    height: 800,
    minWidth: 960,
    minHeight: 600,
    show: false,
    title: 'Demarc',
    autoHideMenuBar: true,
    backgroundColor: nativeTheme.shouldUseDarkColors ? BACKGROUND.dark : BACKGROUND.light,
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
    },
  });
  window.once('ready-to-show', () => {
    window.show();
  });
  void window.loadURL(START_URL);
  return window;
}
