import { Token } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { ValidationError } from '../../../validation-error';
import { DOMAIN_NAME } from '../../../contract/domain-name';
import type { RuntimeProps } from '../runtime';
import type { FargateShapeProps } from './fargate-shape-props';

/** MiB that Fargate has for each CPU: from, to, in steps of. */
const MEMORY: Readonly<Record<number, readonly [from: number, to: number, step: number]>> = {
  256: [512, 2048, 512],
  512: [1024, 4096, 1024],
  1024: [2048, 8192, 1024],
  2048: [4096, 16_384, 1024],
};

export interface FargateSize {
  readonly cpu: number;
  readonly memory: number;
  readonly minTasks: number;
  readonly maxTasks: number;
}

export function fargateSize(scope: Construct, shape: FargateShapeProps, { vpc }: RuntimeProps): FargateSize {
  const refuse = (text: string): never => {
    throw new ValidationError(scope, text);
  };
  const { domainName, cpu = 512, memory = cpu * 2, minTasks = 2, maxTasks = Math.max(10, minTasks) } = shape;
  if (!Token.isUnresolved(domainName) && !DOMAIN_NAME.test(domainName)) {
    refuse(
      `'domainName' of RouterShape.fargate() is '${domainName}'; give a host name in lower case without scheme or path, such as ` +
        'claude.example.com',
    );
  }
  if (shape.vpc !== undefined && vpc !== undefined && shape.vpc !== vpc) {
    refuse("'vpc' is another network than that of RouterShape.fargate(); give it in one of the two places");
  }
  const range = MEMORY[cpu];
  if (range === undefined) {
    return refuse(`'cpu' of RouterShape.fargate() is ${cpu}; it must be one of ${Object.keys(MEMORY).join(', ')}`);
  }
  const [from, to, step] = range;
  if (memory < from || memory > to || memory % step !== 0) {
    refuse(
      `'memory' of RouterShape.fargate() is ${memory} MiB; with a 'cpu' of ${cpu} it must be ${from} to ${to} in steps of ${step}`,
    );
  }
  if (!Number.isInteger(minTasks) || minTasks < 1) {
    refuse(`'minTasks' of RouterShape.fargate() is ${minTasks}; it must be a whole number from 1`);
  }
  if (!Number.isInteger(maxTasks) || maxTasks < minTasks) {
    refuse(
      `'maxTasks' of RouterShape.fargate() is ${maxTasks}; it must be a whole number from ${minTasks}, 'minTasks'`,
    );
  }
  return { cpu, memory, minTasks, maxTasks };
}
