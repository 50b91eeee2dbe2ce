/** What a value has to look like, and how to say so: after "must be". */
export type Form = readonly [form: RegExp, right: string];

/** Forms that synth, the router and the tools all hold a value to. Those of one kind of host stand with the kind. */
export const FORMS = {
  hostName: [/^[a-z0-9][a-z0-9-]{0,62}$/, 'lower case letters, digits and dashes, such as bedrock-us-east-1'],
  /** Stands in construct ids, logs and routes. */
  teamName: [/^[a-z0-9][a-z0-9-]{0,62}$/, 'lower case letters, digits and dashes'],
  awsRegion: [/^[a-z]{2}(-[a-z]+)+-\d$/, 'an AWS region, such as us-east-1'],
  awsAccount: [/^\d{12}$/, 'an AWS account number as a string of 12 digits; see: aws sts get-caller-identity'],
  roleName: [/^[\w+=,.@-]{1,64}$/, '1 to 64 letters, digits and characters of +=,.@_-'],
  email: [/^[^@\s]+@[^@\s]+$/, 'an e-mail address'],
  sha256: [/^[0-9a-fA-F]{64}$/, "SHA-256 of the client's gateway key: 64 hex digits"],
} as const satisfies Record<string, Form>;
