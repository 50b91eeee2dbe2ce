import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Stage, Token } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3assets from 'aws-cdk-lib/aws-s3-assets';
import type { Construct } from 'constructs';
import { CONFIG_VALUE, ENV, type RouterConfig } from '../../contract';
import { type ConfigReader, PARAMETER_BYTES, storeParameter, unknownBytes } from './config-parameter';

/**
 * One of the stack's assets, by its content: every version of the function keeps the one it was published with. What only the deployment
 * knows, such as a secret's ARN, cannot be in an asset; it is in parameters, and the object has a hole for it.
 */
export function storeObject(scope: Construct, reader: ConfigReader, config: RouterConfig): void {
  const values = new Map<unknown, number>();
  const text = JSON.stringify(config, (key, value: unknown) => {
    if (!Token.isUnresolved(value)) return value;
    if (!values.has(value)) values.set(value, unknownBytes(key));
    return { [CONFIG_VALUE]: [...values.keys()].indexOf(value) };
  });
  const name = `router-config.${createHash('sha256').update(text).digest('hex').slice(0, 16)}.json`;
  const path = join(Stage.of(scope)!.assetOutdir, name);
  writeFileSync(path, text);
  const asset = new s3assets.Asset(scope, 'ConfigObject', { path });
  // `grantRead` would open the whole bucket.
  reader.addToRolePolicy(
    new iam.PolicyStatement({
      actions: ['s3:GetObject'],
      resources: [asset.bucket.arnForObjects(asset.s3ObjectKey)],
    }),
  );
  reader.addEnvironment(ENV.CONFIG_OBJECT, `${asset.s3BucketName}/${asset.s3ObjectKey}`);
  if (values.size === 0) return;
  const names = inParameters(values).map((part) => storeParameter(scope, reader, part, 'ConfigValues').parameterName);
  reader.addEnvironment(ENV.CONFIG_VALUES, names.join(','));
}

function inParameters(values: ReadonlyMap<unknown, number>): unknown[][] {
  const parts: unknown[][] = [[]];
  let room = PARAMETER_BYTES;
  for (const [value, bytes] of values) {
    // With its quotes and comma, and room for the brackets.
    if (bytes + 3 > room - 2) {
      parts.push([]);
      room = PARAMETER_BYTES;
    }
    parts.at(-1)!.push(value);
    room -= bytes + 3;
  }
  return parts;
}
