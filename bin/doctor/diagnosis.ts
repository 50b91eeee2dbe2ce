/** What a check has found out of one thing. */
export interface Diagnosis {
  /** What was looked at: `host bedrock-us-east-1`. */
  readonly subject: string;
  readonly status: 'ok' | 'warning' | 'problem';
  readonly detail: string;
  /** What to do about it. */
  readonly remedy?: string;
}

export const ok = (subject: string, detail: string): Diagnosis => ({ subject, status: 'ok', detail });
export const warning = (subject: string, detail: string, remedy: string): Diagnosis => ({
  subject,
  status: 'warning',
  detail,
  remedy,
});
export const problem = (subject: string, detail: string, remedy: string): Diagnosis => ({
  subject,
  status: 'problem',
  detail,
  remedy,
});
