import { resolveCname } from 'node:dns/promises';

/** The name behind which AWS keeps the active one of two regional endpoints ("Accessing the AWS Health API"). */
const GLOBAL_NAME = 'global.health.amazonaws.com';
const USUAL_REGION = 'us-east-1';

/** Looks a name's CNAME up; throws when it cannot. */
export type LookUp = (name: string) => Promise<readonly string[]>;

/**
 * The region whose endpoint of AWS Health is active, which requests must also be signed for: the global name is an alias
 * of `health.REGION.amazonaws.com`. Where the name cannot be looked up it is the usual one. Never the region that
 * people have configured: Health is not served there.
 */
export async function activeRegion(lookUp: LookUp = resolveCname): Promise<string> {
  try {
    const names = await lookUp(GLOBAL_NAME);
    const regions = names.map((name) => /^health\.([a-z0-9-]+)\.amazonaws\.com\.?$/.exec(name)?.[1]);
    return regions.find((region) => region !== undefined) ?? USUAL_REGION;
  } catch {
    return USUAL_REGION;
  }
}
