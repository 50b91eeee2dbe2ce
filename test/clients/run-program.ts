import { GATEWAY_KEY, MODEL } from '../e2e/harness';
import { type Case, CASES } from './cases';
import type { Tools } from './install';
import { complaints } from './judge';
import { inPieces } from './odd-pieces';
import { startProgram, type ProgramProcess } from './program-process';
import type { Program } from './programs';
import { NEXT_HOSTS, openWorld, type World } from './worlds';

export interface Report {
  /** With its version. */
  readonly library: string;
  readonly asked: number;
  readonly failures: readonly string[];
}

const OVERLOADED = { kind: 'overloaded', status: 529 } as const;

/** Asks every question of a program, through every host that its door can lead to. */
export async function runProgram(program: Program, tools: Tools): Promise<Report> {
  const process = await startProgram(program.command(tools));
  const failures: string[] = [];
  let asked = 0;
  try {
    for (const [index, next] of NEXT_HOSTS[program.door].entries()) {
      for (const each of CASES.filter(({ isSlow }) => !isSlow || index === 0)) {
        for (const stream of each.streams ?? [true, false]) {
          asked += 1;
          // Of its own, so that no question meets what another has taught.
          const world = await openWorld(next);
          const wrong = await runCase(each, stream, process, program, world).finally(() => world.gateway.close());
          const which = `${program.library} through ${next} ${each.name}, ${stream ? 'streamed' : 'whole'}`;
          failures.push(...wrong.map((words) => `${which}: ${words}`));
        }
      }
    }
  } finally {
    await process.close();
  }
  return { library: process.library, asked, failures };
}

async function runCase(
  each: Case,
  stream: boolean,
  process: ProgramProcess,
  program: Program,
  world: World,
): Promise<string[]> {
  const { gateway } = world;
  await gateway.host(world.first).setFault(each.first ?? OVERLOADED);
  await gateway.host(world.next).setFault(each.next);
  const pieces = each.pieces === undefined ? undefined : await inPieces(gateway.url, each.pieces);
  const outcome = await process.ask({
    url: pieces?.url ?? gateway.url,
    key: GATEWAY_KEY,
    model: MODEL,
    prompt: 'Hello',
    retries: 0,
    ...each.ask,
    stream,
  });
  await pieces?.close();
  return complaints(each, outcome, stream, world, program);
}
