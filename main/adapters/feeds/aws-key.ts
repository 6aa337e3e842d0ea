const REGION_SUFFIX =
  /^(.+)-((?:[a-z]{2}|eusc-[a-z]{2})-(?:gov-|iso[a-z]?-)?(?:central|north|south|east|west|northeast|northwest|southeast|southwest)-\d)$/;

/** `directconnect-eu-central-1` to its two parts; a key without a region is a global service's. */
export function splitKey(key: string): { readonly service: string; readonly region: string } {
  const match = REGION_SUFFIX.exec(key);
  return { service: match?.[1] ?? key, region: match?.[2] ?? 'global' };
}

/** The region of a Health ARN (`arn:aws:health:REGION::event/...`); null when the text is not such an ARN. */
export function regionOfArn(arn: string): string | null {
  const region = /^arn:aws[a-z-]*:health:([a-z0-9-]+):/.exec(arn)?.[1];
  return region === undefined ? null : region;
}
