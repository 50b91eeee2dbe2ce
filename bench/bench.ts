/** The entry of every process of the bench: without a role, the one that starts the others and prints the table. */
const ROLES: Readonly<Record<string, () => Promise<{ start(): Promise<void> | void }>>> = {
  upstream: () => import('./roles/upstream'),
  'pass-through': () => import('./roles/pass-through'),
  router: () => import('./roles/router'),
  'lambda-door': () => import('./roles/lambda-door'),
  client: () => import('./roles/client'),
  table: () => import('./roles/table'),
  'import-time': () => import('./roles/import-time'),
  'first-failover': () => import('./roles/first-failover'),
};

async function main(): Promise<void> {
  const role = ROLES[process.argv[2] ?? ''];
  if (role) await (await role()).start();
  else if (process.argv[2] === 'peers') await (await import('./peers/run-peers')).runPeers(process.argv.slice(3));
  else if (process.argv[2] === 'profile')
    await (await import('./profile/run-profile')).runProfile(process.argv.slice(3));
  else if (process.argv[2] === 'soak') await (await import('./soak/run-soak')).runSoak(process.argv.slice(3));
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
