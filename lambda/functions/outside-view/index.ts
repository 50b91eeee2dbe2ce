import { systemClock } from '../../runtime/system-clock';
import { look } from './look';
import { loadSettings } from './settings';

/** What Synthetics runs. A look that throws has failed, and what it throws is the run's reason. */
export const handler = async (): Promise<string> => look(loadSettings(process.env), process.env, systemClock);
