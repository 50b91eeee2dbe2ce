import type { AlarmDefinition } from '../../lib/monitoring/alarms/alarm-definition';
import { auditAlarms } from '../../lib/monitoring/audit/audit-alarms';
import { QUEUE_ALARMS } from '../../lib/monitoring/queue/queue-alarms';
import { markdownTable } from '../../local/report/markdown-table';
import type { Alarm } from './cloudwatch/alarm';
import type { DeployedStack } from './incident/deployed-stack';
import type { Incident } from './incident/incident';
import { ownName, severityOf } from './incident/severity';
import type { Told } from './incident/told';

export interface Replayed {
  readonly incident: Incident;
  readonly told: readonly Told[];
}

/** The text of docs/alarms.md, which Prettier then lays out. */
export function alarmsPage({ alarms }: DeployedStack, replayed: readonly Replayed[]): string {
  return `# Alarms

<!-- Made by npm run docs:alarms from the synthesised stack and the incidents in test/alarm-model/incidents: do not edit. -->

What the stack of \`failover.config.ts\`, with a third cloud as its last host and quotas that the canary knows, watches, whom it tells, and how soon. A **page** is worth waking somebody for; a **notice** can
wait until the morning. Each text ends with the address of its heading of the [runbook](runbook.md), which is in your account: a document
of Systems Manager, whose description the console shows. AWS's pages say that it shows Markdown there; how it looks was not tried.

${markdownTable(
  ['Alarm', 'tells by', 'when'],
  alarms.map((alarm) => [ownName(alarm.name), severities(alarm), firstSentence(alarm.description)]),
)}

Alarms of what is not in that stack, with what it takes:

${markdownTable(
  ['Alarm', 'tells by', 'when', 'with'],
  FURTHER.map(([what, { id, severity, symptom }]) => [id, severity.toLowerCase(), firstSentence(symptom), what]),
)}

## Proof that they page

Each incident is replayed: the code of the router (a fleet of environments, as Lambda runs it) and of the canary against simulated
hosts that speak their real wire and break as told, on a virtual clock. The synthesised alarms then see the metrics that both printed. Minutes
are counted from the beginning of the trouble, begun ones as whole ones. No other alarm tells in any of them.

${markdownTable(
  ['Incident', 'what happens', 'who is told, after how many minutes'],
  replayed.map(({ incident, told }) => [incident.title, incident.story, told.map(toldText).join('; ') || 'nobody']),
)}

## What the proof is worth

The alarms are evaluated by a model of CloudWatch, not by CloudWatch. The model knows the part that these alarms use (periods,
statistics, M out of N, treatment of missing data, metric math, composite alarms and their suppressors), is checked against the
tables that AWS publishes, and refuses everything else. It knows nothing of late data: in an account, add the time until CloudWatch has a log
line's metrics, which is usually less than a minute.
`;
}

const FURTHER: readonly (readonly [what: string, definition: AlarmDefinition])[] = [
  ['`queue`', QUEUE_ALARMS.requestsLost],
  ["`audit` with `whenDown: 'open'`", auditAlarms('open').auditWaiting],
  ["`audit` with `whenDown: 'closed'`", auditAlarms('closed').auditWaiting],
  ['`audit`', auditAlarms('open').auditLost],
];

function severities({ actions }: Alarm): string {
  return [...new Set(actions.ALARM.map(severityOf))].join(', ') || 'its part in another alarm';
}

const toldText = ({ alarm, severity, minutes }: Told): string =>
  `${severity === 'page' ? '**page**' : 'notice'} ${alarm}: ${minutes < 1 ? 'before' : minutes}`;

const firstSentence = (description: string): string =>
  /^.*?[.:](?=\s|$)/.exec(description)?.[0].replace(/[.:]$/, '') ?? description;
