import type { ConfigReader } from './config-parameter';

/** A reader that can be asked what it has been told. */
export function recordingReader(
  reader: ConfigReader,
): ConfigReader & { readonly environment: Readonly<Record<string, string>> } {
  const environment: Record<string, string> = {};
  return {
    environment,
    addEnvironment(name, value) {
      environment[name] = value;
      reader.addEnvironment(name, value);
    },
    addToRolePolicy: (statement) => reader.addToRolePolicy(statement),
  };
}
