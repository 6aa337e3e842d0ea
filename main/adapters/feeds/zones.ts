import { unique } from './fields.ts';

/** `use1-az4`, `apne1-az1`: the ids by which AWS names zones in prose, the same in every account. */
const AWS_ZONE = /\b[a-z]{3,5}\d-az\d\b/g;
/** `us-central1-a`: a zone of Google Cloud, by the region it begins with. */
const GOOGLE_ZONE = /^[a-z]+-[a-z]+\d+-[a-z]$/;

/** The zones that AWS names in its texts, as a part of an event; none where it names none. */
export function awsZones(texts: readonly string[]): { readonly zones?: string[] } {
  return part(texts.flatMap((text) => text.slice(0, 100_000).match(AWS_ZONE) ?? []));
}

/** Those of Google Cloud's locations that are zones. */
export function googleZones(locations: readonly string[]): { readonly zones?: string[] } {
  return part(locations.filter((name) => GOOGLE_ZONE.test(name)));
}

function part(names: readonly string[]): { readonly zones?: string[] } {
  return names.length === 0 ? {} : { zones: unique(names) };
}
