import { Stack, Token } from 'aws-cdk-lib';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';
import { runbookText } from './runbook-text';

/**
 * What to do about each alarm, in the account itself: an Automation runbook of Systems Manager for each heading, whose description is the
 * text, which the console shows as Markdown. They cost nothing. One a heading, since the console has no address within a description.
 */
export class Runbook extends Construct {
  /** Where the console shows a heading. */
  linkTo(heading: string): string {
    const { region } = Stack.of(this);
    return `https://${consoleOf(region)}/systems-manager/documents/${this.document(heading).ref}/description?region=${region}`;
  }

  private document(heading: string): ssm.CfnDocument {
    const id = heading.replace(/\W/g, '');
    const existing = this.node.tryFindChild(id) as ssm.CfnDocument | undefined;
    return (
      existing ??
      new ssm.CfnDocument(this, id, {
        documentType: 'Automation',
        content: {
          schemaVersion: '0.3',
          description: runbookText(heading),
          // A runbook needs a step. This one does nothing but wait for whoever has started it.
          mainSteps: [{ name: 'read', action: 'aws:pause', inputs: {} }],
        },
      })
    );
  }
}

const CONSOLES: readonly (readonly [region: RegExp, host: string])[] = [
  [/^cn-/, 'console.amazonaws.cn'],
  [/^us-gov-/, 'console.amazonaws-us-gov.com'],
];

/** Where the region is not known before the deployment, that of the partition `aws`. */
const consoleOf = (region: string): string =>
  CONSOLES.find(([form]) => !Token.isUnresolved(region) && form.test(region))?.[1] ?? 'console.aws.amazon.com';
