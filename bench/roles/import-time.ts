import { installLambdaRuntime } from './lambda-runtime';

/** How long a fresh process takes to import a module. */
export async function start(): Promise<void> {
  installLambdaRuntime();
  const started = performance.now();
  await import(String(process.env['MODULE']));
  process.send?.(performance.now() - started, () => process.exit());
}
