import type { FeedKind } from './model.ts';

/**
 * Kinds that are only given to who has signed in: read from files that people save, never asked for at an address.
 * Apart from the schemas, so that the window can use it without them.
 */
export const KINDS_FROM_FILES: readonly FeedKind[] = [
  'azure_service_health',
  'azure_resource_health',
  'azure_activity_log',
  'gcp_service_health',
  'aws_health_events',
];

/**
 * The address of the feed that is the user's own AWS account: not on the web, but asked for through AWS's API with the
 * credentials that the user's profile, SSO or environment gives.
 */
export const AWS_HEALTH_ADDRESS = 'aws-health:account';

/** The same for every account of the user's AWS organisation, asked for from its management account or a delegated one. */
export const AWS_HEALTH_ORGANIZATION_ADDRESS = 'aws-health:organization';

/** Whether that address is asked for through AWS's API. */
export function isAwsHealth(address: string): boolean {
  return address === AWS_HEALTH_ADDRESS || address === AWS_HEALTH_ORGANIZATION_ADDRESS;
}

const FROM_FILE = 'file.';

/** The id of what a person gave of this kind from files or the clipboard: on a board it is one feed. */
export function fileFeedId(kind: FeedKind): string {
  return `${FROM_FILE}${kind}`;
}

/** Whether that feed is what a person gave, and is therefore never asked for anything. */
export function isFromFile(feedId: string): boolean {
  return feedId.startsWith(FROM_FILE);
}
