/** Header names in lower case; repeated headers are joined with a comma. */
export type Headers = Readonly<Record<string, string>>;

/** Under which name each host tells the id by which its own support finds a request. */
const REQUEST_IDS = ['request-id', 'x-amzn-requestid', 'apim-request-id'] as const;

export function hostRequestId(headers: Headers): string | undefined {
  return REQUEST_IDS.map((name) => headers[name]).find((id) => id !== undefined);
}
