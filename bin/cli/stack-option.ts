import { Option } from 'commander';

export const stackOption = (): Option =>
  new Option(
    '-s, --stack <name>',
    "the gateway: its CloudFormation stack, or the page's address of a gateway that the demo shows",
  ).default('ClaudeFailover');
export const regionOption = (): Option =>
  new Option('-r, --region <region>', "the stack's region").env('AWS_REGION').default(undefined, "the AWS CLI's");
