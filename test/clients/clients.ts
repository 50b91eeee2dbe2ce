/** `npm run test:clients`: real clients, unmodified, through the gateway while hosts break. With words: those with all of them in their names. */
import { runBatches } from './batches/run-batches';
import { runClaudeCode } from './claude-code';
import { installTools } from './install';
import { PROGRAMS } from './programs';
import { type Report, runProgram } from './run-program';

/** They wait for each other's processes most of the time. */
const AT_A_TIME = 3;

async function main(words: readonly string[]): Promise<void> {
  const tools = await installTools();
  const runs: readonly (readonly [string, () => Promise<Report>])[] = [
    ...PROGRAMS.map((program) => [program.library, () => runProgram(program, tools)] as const),
    ['anthropic (Python), batches', () => runBatches(tools)],
    ['Claude Code', () => runClaudeCode(tools.claudeCode)],
  ];
  const waiting = runs.filter(([name]) => words.every((word) => name.includes(word)));
  if (waiting.length === 0) throw new Error(`no client is called ${words.join(' ')}`);
  const failures: string[] = [];
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const started = performance.now();
      const report = await next[1]();
      const seconds = ((performance.now() - started) / 1000).toFixed(1);
      console.log(`${report.library}: ${report.asked} questions, ${report.failures.length} complaints, ${seconds} s`);
      failures.push(...report.failures);
    }
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, work));
  for (const failure of failures) console.error(failure);
  if (failures.length > 0) process.exitCode = 1;
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error);
  // What still runs would keep this process from ending.
  process.exit(1);
});
