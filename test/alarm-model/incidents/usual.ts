import type { Incident } from '../incident/incident';

/** Twelve requests a minute: enough for rates to mean something, little enough that one more failure shows. */
export const OFFICE_HOURS: Incident['traffic'] = [{ from: 0, perMinute: { stream: 9, whole: 2, tool: 1 } }];

export const EVERY_HOST = ['anthropic', 'bedrock-us-east-1', 'bedrock-us-west-2-us', 'foundry'] as const;
