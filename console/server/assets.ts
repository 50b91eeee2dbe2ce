import { readFile } from 'node:fs/promises';

export interface Asset {
  readonly type: string;
  readonly body: Buffer;
}

const FILES: Readonly<Record<string, readonly [file: string, type: string]>> = {
  '/': ['index.html', 'text/html; charset=utf-8'],
  '/page.js': ['page.js', 'text/javascript; charset=utf-8'],
  '/page.css': ['page.css', 'text/css; charset=utf-8'],
};

/** The page as it was built, by path. */
export async function readAssets(folder: URL): Promise<ReadonlyMap<string, Asset>> {
  const read = async ([path, [file, type]]: [string, readonly [string, string]]): Promise<[string, Asset]> => [
    path,
    { type, body: await readFile(new URL(file, folder)) },
  ];
  return new Map(await Promise.all(Object.entries(FILES).map(read)));
}
