import { writeFileSync } from 'node:fs';
import { setUp } from '../set-up';
import { MODEL } from '../stack/test-config';
import { loadPicture } from './load-picture';
import { runLoad } from './run-load';
void (async () => {
  const t = Date.now();
  const say = (w: string) => console.log(((Date.now() - t) / 1000).toFixed(1), w);
  const account = await setUp();
  say('set up');
  const deployment = await account.cdk.deploy(account.chain.first);
  say('deployed');
  await account.storeKeys();
  const lines: string[] = [];
  const gateway = await account.run(deployment, { poolSize: 24, onLine: (l) => lines.push(l) });
  say('running');
  const key = gateway.api.keys.map((k: any) => JSON.stringify(k)).join('\n');
  console.log(key);
  const names = Object.keys(account.chain.first) as any[];
  const product = gateway.api.keys.find((k: any) => /product/i.test(JSON.stringify(k))) as any;
  setInterval(() => writeFileSync('/tmp/lines.txt', lines.join('\n')), 1000).unref();
  const report = await runLoad(
    {
      url: gateway.url,
      key: product.value,
      model: MODEL,
      hosts: names.map((n) => account.chain.host(n)),
      log: () => lines,
    },
    { durationMs: Number(process.argv[2] ?? 10000), step: Number(process.argv[3] ?? 4), processes: 12 },
  );
  say('played');
  console.log(
    report.problems.slice(0, 10),
    report.problems.length,
    report.played.length,
    [...gateway.pools].map(([a, p]) => [a.slice(-40), p.started]),
  );
  writeFileSync('/tmp/load.svg', loadPicture(report));
  writeFileSync('/tmp/lines.txt', lines.join('\n'));
  await gateway.close();
  await account.close();
  say('closed');
})();
