import { startConsole } from '../../console/server/start-console';
import { findSources, type Wanted } from './find-sources';
import { openBrowser } from './open-browser';

export interface OpenOptions extends Wanted {
  readonly port: number;
  readonly operate: boolean;
  readonly open: boolean;
  /** Where the built page is. */
  readonly page: URL;
}

/** What is cheap to read is read this often; each thing has its own time beside it. */
const LOOK_MS = 5000;

/** Runs until it is interrupted. */
export async function openConsole({ port, operate, open, page, ...wanted }: OpenOptions): Promise<void> {
  const sources = await findSources(wanted);
  const opened = await startConsole({ sources, canOperate: operate, port, page, everyMs: LOOK_MS });
  const hourUsd = sources.reduce((sum, source) => sum + source.cost().hourUsd, 0);
  console.log(`${sources.map(({ gateway }) => gateway).join(', ')}${operate ? '' : ', to look at: --operate to act'}`);
  console.log(`looking costs at most ${hourUsd.toFixed(3)} USD an hour; Ctrl-C ends it\n\n  ${opened.url}\n`);
  process.once('SIGINT', () => void opened.close());
  if (open) openBrowser(opened.url);
}
