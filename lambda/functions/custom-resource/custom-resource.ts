import * as v from 'valibot';
import { errorText } from '../../runtime/error-text';

/** What CloudFormation asks of a custom resource. */
const request = v.object({
  RequestType: v.picklist(['Create', 'Update', 'Delete']),
  ResponseURL: v.string(),
  StackId: v.string(),
  RequestId: v.string(),
  LogicalResourceId: v.string(),
  PhysicalResourceId: v.optional(v.string()),
  ResourceProperties: v.record(v.string(), v.unknown()),
});

type Attributes = Readonly<Record<string, string>>;
type Work = (properties: Readonly<Record<string, unknown>>) => Promise<Attributes>;
type Answer = (url: string, body: string) => Promise<void>;

/** Works, and tells CloudFormation of it: a stack that is told nothing waits for an hour. There is nothing to delete. */
export function customResource(work: Work, answer: Answer): (event: unknown) => Promise<void> {
  return async (event) => {
    const asked = v.parse(request, event);
    const { StackId, RequestId, LogicalResourceId, PhysicalResourceId = LogicalResourceId } = asked;
    const reply = (outcome: object): Promise<void> =>
      answer(
        asked.ResponseURL,
        JSON.stringify({ StackId, RequestId, LogicalResourceId, PhysicalResourceId, ...outcome }),
      );
    if (asked.RequestType === 'Delete') return reply({ Status: 'SUCCESS' });
    let data: Attributes;
    try {
      data = await work(asked.ResourceProperties);
    } catch (error) {
      return reply({ Status: 'FAILED', Reason: errorText(error) });
    }
    return reply({ Status: 'SUCCESS', Data: data });
  };
}
