import type { DemarcApi } from './requests.ts';

declare global {
  interface Window {
    readonly demarc: DemarcApi;
  }
}
