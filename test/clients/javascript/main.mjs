/** Runs one library: its name as the argument, a question as JSON a line on stdin, an outcome as JSON a line on stdout. */
import { createInterface } from 'node:readline';

const { version, ask } = await import(`./${process.argv[2]}.mjs`);
/** In ASCII: readers of lines end one at more than the line feed. */
const say = (value) => console.log(JSON.stringify(value).replace(/[\x7f-\uffff]/g, escaped));
const escaped = (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;

say(version);
for await (const line of createInterface(process.stdin)) {
  const question = JSON.parse(line);
  say(await ask(question).catch(outcomeOfError));
}

function outcomeOfError(error) {
  // Who has tried several times tells the last failure inside of its own.
  const { statusCode = 0, status = statusCode } = error.lastError ?? error;
  const name = error.name === 'Error' ? error.constructor.name : error.name;
  const message = String(error.message);
  return {
    text: '',
    stop: null,
    calls: [],
    model: '',
    tokens: { input: 0, output: 0 },
    error: { name, status: status ?? 0, message },
  };
}
