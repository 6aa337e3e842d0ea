import type { ContactRole } from '../../main/core/escalation/contact.ts';
import type { FeedKind } from '../../main/core/feeds/model.ts';
import type { Provider, VerdictLabel } from '../../main/core/sides.ts';

/** What the interface calls things. The compiler keeps these tables as complete as the core's own. */
export const SIDE_WORDS: Readonly<Record<VerdictLabel, string>> = {
  provider: 'Provider',
  customer: 'Customer',
  shared: 'Shared',
  third_party: 'Third party',
  inconclusive: 'Inconclusive',
};

export const PROVIDER_WORDS: Readonly<Record<Provider, string>> = {
  aws: 'Amazon Web Services',
  gcp: 'Google Cloud',
  azure: 'Microsoft Azure',
  other: 'Other provider',
};

export const ROLE_WORDS: Readonly<Record<ContactRole, string>> = {
  provider_support: 'Provider support',
  account_manager: "Provider's account manager",
  incident_lead: 'Incident lead',
  service_owner: 'Service owner',
  security: 'Security',
  third_party_support: "Third party's support",
  communications: 'Communications',
  management: 'Management',
};

export const FEED_KIND_WORDS: Readonly<Record<FeedKind, string>> = {
  gcp_incidents: 'Google Cloud incidents.json',
  aws_rss: 'AWS RSS',
  statuspage: 'Atlassian Statuspage',
  aws_public_events: 'AWS public events JSON',
  azure_rss: 'Azure RSS',
  azure_service_health: 'Azure Service Health events',
  azure_resource_health: 'Azure Resource Health statuses',
  azure_activity_log: 'Azure activity log of Service Health',
  gcp_service_health: 'Google Cloud Personalized Service Health',
  google_workspace: 'Google Workspace incidents.json',
  slack: 'Slack status',
  heroku: 'Heroku status',
  salesforce_trust: 'Salesforce Trust',
  oracle_cloud: 'Oracle Cloud status',
  aws_health_events: 'AWS Health events',
};

/** The keys of a table of words, in its order and with their type. */
export function keysOf<K extends string>(words: Readonly<Record<K, string>>): readonly K[] {
  return Object.keys(words) as K[]; // an object literal typed by K has no other keys
}
