/** House rules that a linter for one file at a time cannot see, or that concern every kind of file. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, dirname } from 'node:path';

const LONGEST = 300;
const MOST_IN_A_FOLDER = 15;
/** Where a folder that grows has to get rooms. */
const ROOMY = /^(lib|lambda|bin|local|console|bench|test|scripts)\//;
const TEST = /\.test\.ts$/;
const KEBAB_CASE = /^[a-z0-9]+(-[a-z0-9]+)*(\.(test|config|d))?\.([cm]?[jt]s|tsx|css)$/;
const CODE = /\.([cm]?[jt]s|tsx|css)$/;
/** Home folders of people, and where this checkout and its user live. */
const MACHINE_PATHS = [/(?<![\w.])\/(home|Users)\/[a-z]\w*\//, /[A-Z]:\\Users\\/].concat(
  [process.cwd(), homedir()]
    .filter((path) => path.length > 1)
    .map((path) => new RegExp(`(?<![\\w.])${path.replace(/[^\w/-]/g, '\\$&')}/`)),
);

const files = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
  encoding: 'utf8',
})
  .split('\0')
  .filter((file) => file !== '' && existsSync(file));

const problems = [];
const lengths = [];
const beside = new Map();
for (const file of files) {
  const text = readFileSync(file, 'utf8');
  const path = MACHINE_PATHS.map((pattern) => pattern.exec(text)).find((match) => match !== null);
  if (path) problems.push(`${file}: names a path of one machine (${path[0]}); make it relative`);
  if (!CODE.test(file)) continue;
  const length = text.split('\n').length - 1;
  lengths.push(length);
  if (ROOMY.test(file) && !TEST.test(file)) beside.set(dirname(file), (beside.get(dirname(file)) ?? 0) + 1);
  if (length > LONGEST)
    problems.push(`${file}: ${length} lines, at most ${LONGEST} are allowed; split it by what it does`);
  if (!KEBAB_CASE.test(basename(file))) problems.push(`${file}: the name is not kebab-case`);
}
for (const [folder, count] of beside) {
  if (count > MOST_IN_A_FOLDER)
    problems.push(
      `${folder}/: ${count} source files beside each other, at most ${MOST_IN_A_FOLDER} are allowed; give them folders by subject`,
    );
}

lengths.sort((a, b) => a - b);
console.log(
  `${lengths.length} code files, ${lengths[lengths.length >> 1]} lines at the median, ${lengths.at(-1)} at most; ` +
    `${Math.max(...beside.values())} in the fullest folder`,
);
for (const problem of problems) console.error(problem);
process.exitCode = problems.length > 0 ? 1 : 0;
