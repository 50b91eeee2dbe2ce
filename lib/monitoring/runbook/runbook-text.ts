import { readFileSync } from 'node:fs';
import * as path from 'node:path';

/** It comes with the package. */
const FILE = path.join(__dirname, '..', '..', '..', 'docs', 'runbook.md');

/** The part under an alarm's heading, and the playbooks that it names. */
export function runbookText(heading: string): string {
  const sections = sectionsOf(readFileSync(FILE, 'utf8'));
  const own = section(sections, heading);
  const named = [...own.matchAll(/playbook\s+"([^"]+)"/g)].map(([, name = '']) => name.replace(/\s+/g, ' '));
  const playbooks = [...new Set(named)].map((name) => `Playbook: ${name}`);
  return [heading, ...playbooks].map((title) => `## ${title}\n\n${section(sections, title)}`).join('\n\n');
}

function section(sections: ReadonlyMap<string, string>, title: string): string {
  const text = sections.get(title);
  if (text === undefined) throw new Error(`${FILE} has no heading '${title}'`);
  return text;
}

/** By their titles, without links to other pages, which are not there. */
const sectionsOf = (markdown: string): ReadonlyMap<string, string> =>
  new Map(
    markdown.split(/^##+ /m).map((part) => {
      const [title = '', ...lines] = part.split('\n');
      const text = lines.join('\n').trim();
      return [title, text.replace(/\[([^\]]+)\]\((?!https:)[^)]+\)/g, '$1')];
    }),
  );
