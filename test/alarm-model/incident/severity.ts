export type Severity = 'page' | 'notice';

/** Topics are called by their logical ids, which are in their names as well. */
export const severityOf = (topic: string): Severity => (/PageTopic/.test(topic) ? 'page' : 'notice');

/** Without the path of the gateway. */
export const ownName = (alarm: string): string => alarm.replace(/^.*\/Alarms\//, '');
