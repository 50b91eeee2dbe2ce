/** The entry of every process of the bench: without a role, the one that starts the others and prints the table. */
const ROLES: Readonly<Record<string, () => Promise<{ start(): Promise<void> | void }>>> = {
  upstream: () => import('./upstream'),
  'pass-through': () => import('./pass-through'),
  router: () => import('./router'),
  'lambda-door': () => import('./lambda-door'),
  client: () => import('./client'),
  'import-time': () => import('./import-time'),
  'first-failover': () => import('./first-failover'),
};

async function main(): Promise<void> {
  const role = ROLES[process.argv[2] ?? ''];
  if (role) await (await role()).start();
  else if (process.argv[2] === 'peers') await (await import('./peers/run-peers')).runPeers(process.argv.slice(3));
  else await (await import('./run-bench')).runBench(process.argv.slice(2));
}

main().catch((error: unknown) => {
  const message = error instanceof Error ? error.message : String(error);
  if (process.send) process.send({ error: message }, () => process.exit(1));
  else {
    console.error(message);
    process.exitCode = 1;
  }
});
