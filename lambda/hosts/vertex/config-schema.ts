import * as v from 'valibot';
import { VERTEX_LOCATION } from '../../../lib/contract';
import { http, object, pattern, text } from '../../schema/schema-parts';
import { hostEntries } from '../host-schema';

const federation = object('workload identity federation', {
  audience: pattern(
    /^\/\/iam\.googleapis\.com\/projects\/\d+\/locations\/global\/workloadIdentityPools\/[^/]+\/providers\/[^/]+$/,
    '//iam.googleapis.com/projects/<number>/locations/global/workloadIdentityPools/<pool>/providers/<provider>',
  ),
  serviceAccount: v.optional(text('service account to impersonate; without it, direct resource access')),
  tokenUrl: v.optional(http('token exchange; default https://sts.googleapis.com/v1/token')),
  verificationUrl: v.optional(http('AWS STS GetCallerIdentity; {region} is filled in')),
  iamEndpoint: v.optional(http('default https://iamcredentials.googleapis.com')),
});

/** Where models are asked for at Google, and as whom. */
export const googlePlace = {
  project: text('Google Cloud project id'),
  location: pattern(VERTEX_LOCATION, 'global, us, eu or a region such as us-east5'),
  federation: v.optional(federation),
};

export const vertexSchema = {
  config: object('Google Vertex AI', {
    ...hostEntries,
    kind: v.literal('vertex'),
    ...googlePlace,
  }),
};
