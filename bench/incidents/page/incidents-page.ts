import type { Results } from '../run-rows';
export const incidentsPage = (r: Results): string => r.version;
