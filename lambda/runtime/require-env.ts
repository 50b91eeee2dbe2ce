export type Env = Readonly<Record<string, string | undefined>>;

export function requireEnv(env: Env, name: string): string {
  const value = env[name];
  // Shells and templates make an empty text of what is not set.
  if (value === undefined || value === '') throw new Error(`the environment variable ${name} is not set`);
  return value;
}
