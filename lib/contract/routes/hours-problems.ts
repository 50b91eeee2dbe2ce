import { DAYS, formatIn, type HoursConfig } from './hours';

const TIME = /^([01]\d|2[0-3]):[0-5]\d$/;
const END_OF_DAY = '24:00';

/** What is wrong with hours, one line a problem: which field, and what. */
export function hoursProblems(hours: HoursConfig): readonly (readonly [field: string, problem: string])[] {
  const { from, to, zone, days } = hours;
  const problems: (readonly [string, string])[] = [];
  if (!TIME.test(from)) problems.push(['from', `got "${from}"; must be HH:MM from 00:00 to 23:59, such as 22:00`]);
  if (!TIME.test(to) && to !== END_OF_DAY) {
    problems.push(['to', `got "${to}"; must be HH:MM from 00:00 to 24:00, such as 06:00`]);
  }
  if (from === to) problems.push(['to', `got "${to}", as in 'from'; for whole days say 00:00 to 24:00`]);
  if (!isZone(zone)) problems.push(['zone', `got "${zone}"; must be a time zone, such as Europe/Berlin or UTC`]);
  const wrong = days?.find((day) => !DAYS.includes(day));
  if (days?.length === 0) problems.push(['days', 'is empty, so that it is never open; leave it out for every day']);
  if (wrong !== undefined) problems.push(['days', `got "${wrong}"; must be one of ${DAYS.join(', ')}`]);
  return problems;
}

/** Offsets such as `+02:00` are none: they know no summer. */
function isZone(zone: string): boolean {
  try {
    return /^[A-Za-z]/.test(zone) && formatIn(zone) !== undefined;
  } catch {
    return false;
  }
}
