import { INCIDENTS } from '../alarm-model/incidents';
import type { Incident } from '../alarm-model/incident/incident';
import type { Headline } from '../../console/view/headline';

/** What whoever opens the console in that minute has to read on the first screen. */
export interface Culprit {
  readonly incident: Incident;
  readonly minute: number;
  readonly level: Headline['level'];
  /** All of them stand in the headline. */
  readonly words: readonly string[];
  /** Stands in what to do about it. */
  readonly remedy?: string;
}

type Expected = readonly [level: Headline['level'], words: readonly string[], remedy?: string, minute?: number];

const STATUS_PAGES = 'Status pages: status.claude.com';
/** By the incident's title. Eight minutes after the trouble began, where nothing else is said. */
const EXPECTED: Readonly<Record<string, Expected>> = {
  'The primary has elevated errors for 85 minutes': [
    'rescued',
    ['anthropic fails with server errors', 'bedrock-us-east-1 answers for it'],
    STATUS_PAGES,
  ],
  'Overload shows inside streams that began with 200': ['rescued', ['anthropic is overloaded'], STATUS_PAGES],
  'The primary flaps': ['rescued', ['anthropic is overloaded'], STATUS_PAGES],
  'Every host takes its time until the first token': ['down', ['Clients wait', 'anthropic'], 'first content'],
  'The fallbacks have too little quota at failover': [
    'down',
    ['Clients get errors', 'anthropic is overloaded', 'bedrock-us-east-1 limits the rate'],
    'have it raised',
  ],
  'Every host is down': ['down', ['Every host fails', 'anthropic', 'bedrock-us-east-1', 'foundry'], STATUS_PAGES],
  'Amazon Bedrock is down in one region': [
    'look',
    ['bedrock-us-east-1 fails', 'No request needs it now'],
    STATUS_PAGES,
  ],
  'The key of an unused fallback expires': [
    'look',
    ['foundry refuses its credential', 'No request needs it now'],
    'put-secret-value',
  ],
  'The key of a last resort expires': ['look', ['openai', 'credential'], 'put-secret-value', 400],
  'A model id is retired on one host': ['look', ['bedrock-us-east-1 does not know the model'], 'modelIds'],
  'The canary stops': ['look', ['canary has been silent'], 'schedule'],
  'A fresh stack': ['well', ['Every host is well'], undefined, 30],
  'A quiet weekend': ['well', ['Every host is well'], undefined, 30],
  'A traffic spike without faults': ['well', ['Every host is well'], undefined, 28],
};

export const CULPRITS: readonly Culprit[] = INCIDENTS.map((incident) => {
  const expected = EXPECTED[incident.title];
  if (expected === undefined) throw new Error(`what does the console say of "${incident.title}"?`);
  const [level, words, remedy, minute = (incident.begins ?? 0) + 8] = expected;
  return { incident, minute, level, words, ...(remedy !== undefined && { remedy }) };
});
