/** What a check has found out of one thing. */
export interface Finding {
  /** What was looked at: `host bedrock-us-east-1`. */
  readonly subject: string;
  readonly status: 'ok' | 'warning' | 'problem';
  readonly detail: string;
  /** What to do about it. */
  readonly remedy?: string;
}

export const ok = (subject: string, detail: string): Finding => ({ subject, status: 'ok', detail });
export const warning = (subject: string, detail: string, remedy: string): Finding => ({
  subject,
  status: 'warning',
  detail,
  remedy,
});
export const problem = (subject: string, detail: string, remedy: string): Finding => ({
  subject,
  status: 'problem',
  detail,
  remedy,
});
