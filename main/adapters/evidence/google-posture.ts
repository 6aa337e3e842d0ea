import type { EvidenceAdapter } from './adapter.ts';
import { googleRecommender, googleScc } from './google-findings.ts';
import { googleFirewalls, googleLogRouting, googleOsConfig, googleSecrets } from './google-states.ts';

/** What tells how things of Google Cloud stand. */
export const GOOGLE_STATES: readonly EvidenceAdapter[] = [
  googleScc,
  googleRecommender,
  googleFirewalls,
  googleOsConfig,
  googleSecrets,
  googleLogRouting,
];
