import { Token } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { FORMS } from '../../contract';
import { ValidationError } from '../../validation-error';

/** `topic`: id of the topic they subscribe to, `PageTopic` for `pageEmails`. */
export function checkEmails(scope: Construct, topic: string, emails: readonly string[]): void {
  const prop = topic.replace('Topic', 'Emails').replace(/^./, (letter) => letter.toLowerCase());
  const [form, right] = FORMS.email;
  for (const [index, email] of emails.entries()) {
    if (!Token.isUnresolved(email) && !form.test(email)) {
      throw new ValidationError(
        scope,
        `'${prop}[${index}]' must be ${right}, such as on-call@example.com, got '${email}'`,
      );
    }
    const first = emails.indexOf(email);
    if (first < index) {
      throw new ValidationError(scope, `'${prop}[${index}]' is '${email}', as '${prop}[${first}]' is; give it once`);
    }
  }
}
