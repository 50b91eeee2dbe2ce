import type { Policies, Policy } from '../iam/account-policies';
import type { Part } from './outside';

/** Policies of buckets, for IAM: the emulator knows no conditions, and would take "refuse what is not encrypted" for "refuse". */
export function createBucketPolicies(): Part & { policies(): Policies } {
  const kept = new Map<string, Policy>();
  return {
    policies: () => Object.fromEntries(kept),
    async keep({ type, requestType, properties }) {
      if (type !== 'AWS::S3::BucketPolicy') return undefined;
      const arn = `arn:aws:s3:::${String(properties['Bucket'])}`;
      if (requestType === 'Delete') kept.delete(arn);
      else kept.set(arn, properties['PolicyDocument'] as Policy);
      return { physicalId: arn, attributes: {} };
    },
  };
}
