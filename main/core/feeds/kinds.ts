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
