import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { ENV, type RouterConfig } from '../../contract';
import { ValidationError } from '../../validation-error';
import { type ConfigReader, filledBytes, PARAMETER_BYTES, storeParameter } from '../stored/config-parameter';
import { storeConfig } from '../stored/stored-config';
import { recordingReader } from '../stored/recording-reader';
import { otherRegions } from './other-regions';
import type { ShapeSettings } from './router-shape';

/** Environment variables by which a configuration is found. */
export type StoredAt = Readonly<Record<string, string>>;

/** Of the 32 KB that the variables of a web function take. */
const WEB_FUNCTION_BYTES = 24_000;

/** `taken`: bytes of a Lambda function's environment that others need. Where a Lambda function finds its configuration, its own environment says. Of the other shapes it is returned, for tools. */
export function storeShapeConfig(
  scope: Construct,
  settings: ShapeSettings,
  reader: ConfigReader,
  config: RouterConfig,
  taken: number,
): StoredAt | undefined {
  if (settings.kind === 'lambda') {
    storeConfig(scope, reader, config, { taken });
    return undefined;
  }
  if (otherRegions(scope, settings).length > 0) return storeInEnvironment(scope, reader, config);
  const recording = recordingReader(reader);
  // Never in the environment: tools could not read it there.
  storeConfig(scope, recording, config, { taken: Infinity });
  return recording.environment;
}

/** Parameters and objects are in one region, the environment is wherever the function is. The parameter is for tools. */
function storeInEnvironment(scope: Construct, reader: ConfigReader, config: RouterConfig): StoredAt | undefined {
  const bytes = filledBytes(config);
  if (bytes > WEB_FUNCTION_BYTES) {
    throw new ValidationError(
      scope,
      `the router's configuration takes about ${bytes} bytes; a web function in several regions has room for ${WEB_FUNCTION_BYTES}, about ` +
        "150 teams. Leave out 'regions' of RouterShape.webFunction(), or divide the teams among several gateways",
    );
  }
  reader.addEnvironment(ENV.CONFIG, Stack.of(scope).toJsonString(config));
  if (bytes > PARAMETER_BYTES) return undefined;
  const nobody: ConfigReader = { addEnvironment: () => undefined, addToRolePolicy: () => undefined };
  return { [ENV.CONFIG_PARAMETER]: storeParameter(scope, nobody, config).parameterName };
}
