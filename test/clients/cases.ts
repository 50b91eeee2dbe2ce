import type { Fault } from '../../local/hosts';
import type { Failing } from './programs';
import type { Call, Question, Tool } from './question';

/** A question under circumstances, and what becomes of it. */
export interface Case {
  readonly name: string;
  readonly ask?: Partial<Question>;
  /** Of the first host. @default overloaded */
  readonly first?: Fault;
  /** Of the host that is to answer. @default none */
  readonly next?: Fault;
  /** @default both */
  readonly streams?: readonly boolean[];
  /** The answer comes in pieces of so many bytes. */
  readonly pieces?: number;
  /** Takes seconds: asked of one host only. */
  readonly isSlow?: boolean;
  readonly expected: Expected;
}

export interface Expected {
  /** The whole text; by default what the simulated model says to anything. */
  readonly text?: string;
  readonly calls?: readonly (readonly Call[])[];
  readonly parsed?: object;
  /** What of the question the host was given, word for word. */
  readonly given?: readonly string[];
  readonly error?: Failing;
  /** How often the library asks. @default not looked at */
  readonly asks?: 1 | 'again';
}

const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
const SYSTEM = 'You are a clerk of the “Bureau of Weather”. 再見';

const WEATHER: Tool = {
  name: 'get_weather',
  description: 'The weather in a city',
  schema: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
};
const NOTE: Tool = {
  name: 'take_note',
  description: 'Keeps a note',
  schema: { type: 'object', properties: { text: { type: 'string' } }, required: ['text'] },
};
const CLOCK: Tool = { name: 'now', description: 'The time', schema: { type: 'object', properties: {} } };

const weather = (city: string): Call => ({ name: WEATHER.name, input: { city } });
const note = (text: string): Call => ({ name: NOTE.name, input: { text } });

type Turn = readonly (string | Call)[];
/** A prompt that tells the simulated model what to say in each of its turns. */
const say = (...turns: readonly Turn[]): string => `Follow the script.\nsim:turns=${JSON.stringify(turns)}`;

const ODD =
  'é ß 再見 👩‍👩‍👧‍👦 שלום \u202e\u2028\u2029\u0085\u00a0 "quoted" \\back\\slash\ttab\r\nline\n\ndata: [DONE]\n\nevent: error\n{"a":1} </s> ${x} \ufeff end';
const LONG = `${'All work and no play. '.repeat(2500)}${ODD}`;
const CITIES = ['Paris', 'Oslo', 'Lima', 'Kyiv', 'Bern', 'Rome', 'Riga', 'Doha', '東京', 'Łódź'];

const BROKEN: readonly (readonly [string, Fault])[] = [
  ['answers 529', { kind: 'overloaded', status: 529 }],
  ['refuses the connection', { kind: 'refused' }],
  ['is cut before its first content', { kind: 'cut', afterEvents: 0 }],
  ['breaks off with an error before its first content', { kind: 'error-in-stream', afterEvents: 0 }],
];

export const CASES: readonly Case[] = [
  ...BROKEN.map(([how, first]): Case => ({ name: `is answered when the first host ${how}`, first, expected: {} })),
  {
    name: 'gives a system prompt',
    ask: { system: SYSTEM },
    expected: { given: [JSON.stringify(SYSTEM).slice(1, -1)] },
  },
  { name: 'shows an image', ask: { image: PIXEL }, expected: { given: [PIXEL] } },
  {
    name: 'has a tool called, and gives its result',
    ask: { tools: [WEATHER], prompt: say(['Let me see.', weather('Paris')], ['It is warm.']) },
    expected: { calls: [[weather('Paris')]], text: 'It is warm.', given: ['Result of get_weather.'] },
  },
  {
    name: 'goes through several rounds of tools, of which one takes nothing',
    ask: {
      tools: [WEATHER, CLOCK, NOTE],
      prompt: say([{ name: 'now', input: {} }], [weather('Oslo'), note('cold')], ['Both are done.']),
    },
    expected: {
      calls: [[{ name: 'now', input: {} }], [weather('Oslo'), note('cold')]],
      text: 'Both are done.',
      given: ['Result of now.', 'Result of get_weather.', 'Result of take_note.'],
    },
  },
  {
    name: 'has ten tools called at once',
    ask: { tools: [WEATHER], prompt: say(['All ten.', ...CITIES.map(weather)], ['Ten cities.']) },
    expected: { calls: [CITIES.map(weather)], text: 'Ten cities.' },
  },
  {
    name: 'gets very long arguments of a tool, whole',
    ask: { tools: [NOTE], prompt: say([note(LONG)], ['Kept.']) },
    expected: { calls: [[note(LONG)]], text: 'Kept.' },
  },
  {
    name: 'gets every character as it was said',
    ask: { tools: [NOTE], prompt: say([ODD, note(ODD)], [ODD]) },
    expected: { calls: [[note(ODD)]], text: ODD },
  },
  {
    name: 'puts an answer together that comes in odd pieces',
    ask: { tools: [NOTE], prompt: say([ODD, note(ODD)], [ODD]) },
    streams: [true],
    pieces: 3,
    expected: { calls: [[note(ODD)]], text: ODD },
  },
  {
    name: 'takes an answer of nothing',
    ask: { tools: [NOTE], prompt: say([note('shh')], []) },
    expected: { calls: [[note('shh')]], text: '' },
  },
  {
    name: 'gets structured output, parsed',
    ask: { structured: true },
    expected: { text: '{"city":"sample city","mood":"sunny"}', parsed: { city: 'sample city', mood: 'sunny' } },
  },
  {
    name: 'hears what is wrong with its request, and does not ask again',
    ask: { retries: 2 },
    first: { kind: 'content-policy' },
    expected: { error: 400, asks: 1 },
  },
  {
    name: 'hears that its key is wrong, and does not ask again',
    ask: { key: 'wrong', retries: 2 },
    expected: { error: 401, asks: 1 },
  },
  {
    name: 'hears that every host is overloaded',
    next: { kind: 'overloaded', status: 529 },
    expected: { error: 529, asks: 1 },
  },
  {
    name: 'asks again when it is told to, and is answered',
    ask: { retries: 2 },
    next: { kind: 'overloaded', status: 529, times: 2 },
    isSlow: true,
    expected: { asks: 'again' },
  },
  {
    name: 'never takes half an answer for a whole one',
    next: { kind: 'cut', afterEvents: 5 },
    streams: [true],
    expected: { error: 'broken', asks: 1 },
  },
];
