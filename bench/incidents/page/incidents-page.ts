import { HOSTILE_CLIENTS } from '../catalogue/hostile-clients';
import { CLIENTS, PER_SECOND } from '../world/traffic';
import { ROWS } from '../run-row';
import type { IncidentResults } from '../run-rows';
import { hostileTable } from './hostile-table';
import { figuresTables, targetsTable } from './incidents-table';
import { AS_BEFORE, figuresOn, sidesOf } from './sides';
import { metBy } from './words';
import { shownBy } from './shown-by-shape';

/** The text of docs/incidents.md. */
export function incidentsPage(results: IncidentResults): string {
  const sides = sidesOf(results);
  const scores = sides.map((side) => {
    const met = ROWS.filter((row) => metBy(row.targets, figuresOn(side, row.id)));
    return `- ${side.name}: every target met in ${met.length} of ${ROWS.length} incidents`;
  });
  const shown = shownBy(results);
  return `# What clients see of an incident

<!-- Made by bench/incidents: change its data or code, then run npm run bench:incidents -- --write. -->

${results.minutes} minutes at ${PER_SECOND} requests a second through the real router, in virtual time, to hosts that follow a script: an hour and its incidents,
shortened alike (10 minutes of an hour are ${results.minutes / 6} here). Nothing here was run against a real host. Every run has the same requests, in the same milliseconds, and the same luck: what differs is who treats the failures.

![What fails for the client, what leaves a sound primary, and attempts for each request, by incident](images/incidents.svg)

## In short

${scores.join('\n')}

\`serve\` is one process that takes everything, about 64 requests at a time. The others are the [shapes](shapes.md) in AWS, whose processes tell
each other what they know by the health table alone: Lambda has a process for each request at a time, about as many; Web Function has
environments of 64 requests, and one more when all are full; Fargate has two tasks, whatever comes. "As before" is version ${AS_BEFORE.version} of
${AS_BEFORE.date}, the same incidents through the router as it was then, all else version ${results.version} of ${results.date}. "Naive" is what is written first: each
host in its turn, two attempts with half a second or so between them, nothing remembered, and a status 200 is an answer.

## What the shape changes

The code is the same. What differs is how many requests one process sees:

- **Breakers open sooner.** A process that has a 64th of the traffic needs 64 times as long until it has seen enough failures by itself, and lives
  on what others wrote into the table, which it reads every five seconds. Of two processes each sees half of the traffic. Until a slow
  primary is left: ${shown('slow-20', 'leftAfter', 's')}. Streams that broke: ${shown('streams-cut', 'failed', '')}.
- **The table is read less.** Each busy process reads it every five seconds: about 13 reads a second for 64 processes, 0.4 for two. It also matters
  less, because what a process knows by itself is nearly everything.
- **Only one process is right about all.** Where a quota is short, each learns for itself when there is room again, and tells clients
  what it knows. Refusals whose \`retry-after\` was not true: ${shown('quota', 'untrue', '')}.
- **An end costs more.** A process that dies takes what it serves with it, 1 request or 64, and what it knew. The incidents here have none;
  [speed.md](speed.md) has one that is told before, and loses nothing.

## Incident by incident

What a target asks for is measured as it says, and bold where the target is missed.

${targetsTable(ROWS, sides)}

All else that was measured:

${figuresTables(ROWS, sides)}

- **Failed**: requests without the whole answer, whether an error came instead or the stream broke.
- **In a process that had seen one fail**: those that came after their process had seen its first failure, in the process with most of them.
  What was under way by then had been handed to the host already.
- **Left a sound primary**: requests that another host served, or nobody, while the primary would have served them.
- **Attempts a request**: calls to hosts, while the incident lasts.
- **Tokens lost**: of prompts and answers that had to be paid for and that nobody got whole.
- **Caches lost**: turns of a conversation that another host served than the turn before, so that the prompt is read and paid for anew.
- **Left after, back after**: seconds until the primary is asked by less than half of the requests, and from its recovery until it serves 95 %
  of them, over five seconds each. Empty where it was never left or does not recover before the end.
- **Processes**: those that requests came to.
- **What fits**: the requests that the quota has room for. A \`retry-after\` is true when somebody who comes in the second after it is served.

## One hostile client among ${CLIENTS}

All hosts are sound. One client does this for five minutes, each request eight times at once; the same traffic without it tells what the
others would have got. Counted are their requests that were served by another host, with another status, with more attempts, or with
something dropped or adapted.

${hostileTable(HOSTILE_CLIENTS, sides)}

## How it is made

- **TrafficRun**: Poisson arrivals with a fixed seed, 2,000 conversations with a turn every 83 seconds, all streamed. Prompts and answers are as long as in
  the chat of the Azure LLM inference trace 2023 ([scale.md](scale.md) says more of it). First token after about a second, then 125 tokens a second.
- **Hosts**: api.anthropic.com, Bedrock in two regions (Messages door), Vertex, in this order and with default settings. Each speaks its own wire, with
  its vendor's errors, from the tables of the simulated hosts. Which attempt fails follows from the request and the host alone.
- **Router**: \`createRouter\` with another clock, another source of chance and another transport; everything else is what is deployed. Where there
  are several processes, the table is read and written by the router's own calls.
- **Shapes**: a request goes to the process with the fewest under way. The load balancer of Fargate is set to that; how Web Functions choose
  among environments, and when they start one, AWS does not say. Starts take no time here, and Lambda keeps a process for ten idle minutes.
- **Clients** ask once: an SDK's retries are not counted in anybody's favour.

\`npm run bench:incidents\` prints the table, \`-- --minutes 6\` does so for shorter incidents, \`-- --check\` fails where a target is missed.
The data are in [bench/incidents](../bench/incidents). What the [orders of hosts](order.md) cost in prompt caches is measured by the same means.
`;
}
