import { isObject, textOf, type JsonObject } from '../../../../engine/json';
import { refuse } from '../../door/request/refuse';
import { BUILT_IN, CUSTOM, CUSTOM_PARAMETERS, type CalledTool, claudesName, FUNCTION } from '../tool-kinds';

/** The tools in Chat's form, and by Claude's names what they are. */
export interface AskedTools {
  readonly tools: JsonObject[];
  readonly called: Map<string, CalledTool>;
}

/** Tools that run at OpenAI, for which Claude has nothing, are left out. */
export function askedTools(tools: unknown, dropped: Set<string>): AskedTools {
  const asked: AskedTools = { tools: [], called: new Map() };
  if (tools === undefined || tools === null) return asked;
  if (!Array.isArray(tools)) return refuse('tools', 'it must be an array');
  tools.forEach((tool: unknown, index) => addTool(tool, `tools[${index}]`, asked, dropped));
  return asked;
}

function addTool(
  tool: unknown,
  path: string,
  asked: AskedTools,
  dropped: Set<string>,
  space?: { readonly name: string; readonly about: string },
): void {
  if (!isObject(tool)) return refuse(path, 'it must be an object');
  const type = textOf(tool['type']) ?? refuse(`${path}.type`, 'it must be a string');
  const builtIn = Object.hasOwn(BUILT_IN, type) ? BUILT_IN[type] : undefined;
  if (builtIn?.own) return add(asked, { kind: builtIn, name: type }, builtIn.own);
  if (type !== 'function' && type !== 'custom' && type !== 'namespace')
    return void dropped.add(`tools.${nameable(type)}`);
  const name = textOf(tool['name']) || refuse(`${path}.name`, 'it must be a string');
  const about = [space?.about, textOf(tool['description'])].filter(Boolean).join('\n\n');
  if (type === 'namespace') {
    if (!Array.isArray(tool['tools'])) return refuse(`${path}.tools`, 'it must be an array');
    return tool['tools'].forEach((inner: unknown, index) =>
      addTool(inner, `${path}.tools[${index}]`, asked, dropped, { name, about }),
    );
  }
  const isCustom = type === 'custom';
  add(
    asked,
    { kind: isCustom ? CUSTOM : FUNCTION, name, ...(space && { namespace: space.name }) },
    isCustom
      ? { description: about + grammarOf(tool['format']), parameters: CUSTOM_PARAMETERS }
      : { description: about, parameters: tool['parameters'], strict: tool['strict'] },
  );
}

function add({ tools, called }: AskedTools, tool: CalledTool, told: JsonObject): void {
  const name = claudesName(tool.name, tool.namespace);
  called.set(name, tool);
  tools.push({ type: 'function', function: { name, ...told } });
}

/** What OpenAI's models are held to, Claude is told. */
function grammarOf(format: unknown): string {
  if (!isObject(format) || format['type'] !== 'grammar') return '';
  return `\n\n\`input\` is text in this ${String(format['syntax'])} grammar:\n${String(format['definition'])}`;
}

/** A header takes no other characters. */
const nameable = (type: string): string => type.replace(/\W/g, '_').slice(0, 40);

/** In Chat's form. Of the allowed tools the others are left out: Claude has no word for that. */
export function askedChoice(choice: unknown, asked: AskedTools): { choice: unknown; tools: readonly JsonObject[] } {
  const { tools } = asked;
  if (!isObject(choice)) return { choice, tools };
  const { type, mode, tools: allowed } = choice;
  if (type === 'allowed_tools') {
    const names = (Array.isArray(allowed) ? allowed.filter(isObject) : []).map(nameOf);
    return {
      choice: mode,
      tools: tools.filter(({ function: of }) => isObject(of) && names.includes(textOf(of['name']))),
    };
  }
  const name = nameOf(choice);
  if (name === undefined || !asked.called.has(name))
    return refuse('tool_choice', 'it must name one of the tools that Claude is given');
  return { choice: { type: 'function', function: { name } }, tools };
}

function nameOf({ type, name, namespace }: JsonObject): string | undefined {
  const own = textOf(name) ?? textOf(type);
  return own === undefined ? undefined : claudesName(own, textOf(namespace));
}
