import type { Results } from '../run-rows';
export const incidentsPicture = (r: Results): string => r.version;
