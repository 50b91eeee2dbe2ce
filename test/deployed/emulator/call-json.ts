import { REGION } from '../stack/test-config';

/** Calls a service for which there is no client here. `target`: as `x-amz-target` has it. */
export async function callJson<Answer>(url: string, service: string, target: string, body: object): Promise<Answer> {
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': target,
      // The emulator looks at no signature, but at the service that is named in it.
      authorization: `AWS4-HMAC-SHA256 Credential=emulated/20261128/${REGION}/${service}/aws4_request, SignedHeaders=host, Signature=0`,
    },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${target}: ${response.status} ${await response.text()}`);
  return (await response.json()) as Answer;
}
