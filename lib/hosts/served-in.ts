import { Token } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Place } from '../catalog/places';
import { ValidationError } from '../validation-error';

const GEOGRAPHIES = ['eu', 'us', 'jp', 'au'];

/** Where the requests of a host end that does not say it by itself. */
export function servedIn(scope: Construct, host: string, place: string | undefined): readonly Place[] {
  if (place === undefined) return ['anywhere'];
  if (Token.isUnresolved(place) || GEOGRAPHIES.includes(place)) return [place];
  throw new ValidationError(
    scope,
    `host '${host}': 'servedIn' must be one of ${GEOGRAPHIES.join(', ')}, got '${place}'; leave it out where it is none of them`,
  );
}

/** Two addresses at one server fail together. */
export const serverOf = (url: string): string => (URL.canParse(url) ? new URL(url).hostname : url);
