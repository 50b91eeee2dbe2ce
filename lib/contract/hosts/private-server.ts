/** This machine, networks that are nobody else's, and names that only such a network knows. */
const PRIVATE =
  /^(localhost|[^.:]+|.+\.(local|internal|lan)|127\..+|10\..+|192\.168\..+|172\.(1[6-9]|2\d|3[01])\..+|\[(::1|f[cd].+)\])$/;

/** Whether plain http may go to the server of that name. Not in the index: what starts does without it. */
export const isPrivateServer = (hostname: string): boolean => PRIVATE.test(hostname);
