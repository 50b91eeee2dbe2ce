import { NotModelled, type Alarm } from '../alarm';
import { readCompositeAlarm, readMetricAlarm } from './read-alarm';

type Properties = Readonly<Record<string, unknown>>;

export interface Template {
  readonly Resources: Readonly<
    Record<string, { readonly Type: string; readonly Condition?: string; readonly Properties?: Properties }>
  >;
}

const METRIC_ALARM = 'AWS::CloudWatch::Alarm';
const COMPOSITE_ALARM = 'AWS::CloudWatch::CompositeAlarm';

const isAlarm = (type: string | undefined): boolean => type === METRIC_ALARM || type === COMPOSITE_ALARM;

const PSEUDO_PARAMETERS: Properties = {
  'AWS::AccountId': '123456789012',
  'AWS::Partition': 'aws',
  'AWS::Region': 'us-east-1',
  'AWS::StackName': 'Stack',
  'AWS::URLSuffix': 'amazonaws.com',
};

/** The alarms of a synthesised template. Other resources are called by their logical ids. */
export function readTemplate(template: Template): Alarm[] {
  const resolve = resolver(template);
  return Object.entries(template.Resources).flatMap(([id, { Type, Condition, Properties = {} }]) => {
    if (!isAlarm(Type)) return [];
    if (Condition !== undefined) throw new NotModelled(`alarm ${id} under condition ${Condition}`);
    const { Tags: _tags, ...properties } = resolve(Properties) as Properties;
    const alarm = { AlarmName: id, ...properties };
    return Type === METRIC_ALARM ? readMetricAlarm(alarm) : readCompositeAlarm(alarm);
  });
}

/** Replaces intrinsic functions by what they come to. */
export function resolver({ Resources }: Template): (value: unknown) => unknown {
  const reference = (id: string): unknown => {
    if (id in PSEUDO_PARAMETERS) return PSEUDO_PARAMETERS[id];
    const resource = Resources[id];
    if (resource === undefined) throw new NotModelled(`a reference to ${id}, which is no resource`);
    return isAlarm(resource.Type) ? resolve(resource.Properties?.['AlarmName'] ?? id) : id;
  };

  const functions: Readonly<Record<string, (argument: unknown) => unknown>> = {
    Ref: (id) => reference(id as string),
    'Fn::GetAtt': (argument) => {
      const [id = '', attribute = ''] = argument as string[];
      const name = String(reference(id));
      return isAlarm(Resources[id]?.Type)
        ? `arn:aws:cloudwatch:us-east-1:123456789012:alarm:${name}`
        : `${name}.${attribute}`;
    },
    'Fn::Join': (argument) => {
      const [separator, parts] = argument as [string, unknown[]];
      return parts.map(resolve).join(separator);
    },
  };

  function resolve(value: unknown): unknown {
    if (Array.isArray(value)) return value.map(resolve);
    if (typeof value !== 'object' || value === null) return value;
    const [[key, argument] = ['', undefined], ...others] = Object.entries(value);
    if (others.length === 0 && functions[key] !== undefined) return functions[key](argument);
    if (key.startsWith('Fn::')) throw new NotModelled(`the intrinsic function ${key}`);
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, resolve(inner)]));
  }
  return resolve;
}
