import * as v from 'valibot';
import { AUDIT_FAILURES, FORMS } from '../../../../lib/contract';
import { object, oneOf, pattern, text } from '../../../schema/schema-parts';

export const auditSchema = object('where it is written who has asked for what', {
  stream: text('name of the delivery stream of Amazon Data Firehose'),
  region: v.optional(pattern(...FORMS.awsRegion)),
  whenDown: v.optional(
    oneOf(AUDIT_FAILURES, 'whether requests are served while the trail cannot be written; default open'),
  ),
  contents: v.optional(
    object('requests and answers themselves, one object each', {
      bucket: text('name of the bucket that they go into'),
    }),
  ),
});
