import type { EvidenceAdapter } from './adapter.ts';
import { azureAdvisor, azurePolicy } from './azure-advice.ts';
import { azureDefender, azureDefenderCsv, azureDefenderPlans } from './azure-defender.ts';
import { azureKeyVault } from './azure-key-vault.ts';
import { azureUpdateRows } from './azure-update-rows.ts';
import { azureAlertRules, azureAlerts, azureLogProfiles, azureUpdates } from './azure-monitor.ts';

/** What tells how things of Azure stand. */
export const AZURE_STATES: readonly EvidenceAdapter[] = [
  azureDefender,
  azureDefenderPlans,
  azureDefenderCsv,
  azureAdvisor,
  azurePolicy,
  azureKeyVault,
  azureAlerts,
  azureAlertRules,
  azureLogProfiles,
  azureUpdates,
  azureUpdateRows,
];
