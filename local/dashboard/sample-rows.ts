/** Made-up figures of an outage of the first host, for the picture in the docs. */
export const SAMPLE_ROWS: {
  readonly figures: readonly (readonly [value: string, name: string])[];
  /** The one that has gone off. */
  readonly alarm: string;
  readonly tables: Readonly<Record<string, readonly (readonly string[])[]>>;
} = {
  figures: [
    ['5,042', 'requests'],
    ['0.02', 'failed, percent'],
    ['4,010', 'answered by a fallback'],
    ['741', 'first content, ms, p50'],
    ['38.20', 'tokens, USD'],
    ['0', 'credential failures'],
  ],
  alarm: 'PrimaryUnavailable',
  tables: {
    'Failovers and their reasons': [
      ['host', 'outcome', 'failures'],
      ['anthropic', 'overloaded', '612'],
      ['anthropic', 'server-error', '88'],
      ['bedrock-us-east-1', 'rate-limited', '9'],
    ],
    'Failures by type': [
      ['host', 'outcome', 'detail', 'failures'],
      ['anthropic', 'overloaded', 'anthropic overloaded_error', '612'],
      ['anthropic', 'server-error', 'anthropic api_error', '88'],
      ['bedrock-us-east-1', 'rate-limited', 'aws ThrottlingException', '9'],
    ],
    'Tokens and cost': [
      ['host', 'model', 'answers', 'input', 'output', 'cached', 'usd'],
      ['bedrock-us-east-1', 'claude-opus-5-5', '2,930', '4,102,000', '702,000', '2,800,000', '31.01'],
      ['anthropic', 'claude-opus-5-5', '742', '1,040,000', '181,000', '890,000', '7.96'],
      ['bedrock-us-east-1', 'claude-haiku-5-5', '1,080', '980,000', '210,000', '0', '0.20'],
    ],
    'Host by form of request: the last outcome': [
      ['host', 'shape', 'last', 'why', 'checks'],
      ['anthropic', 'plain', 'failed', 'outage', '90'],
      ['anthropic', 'stream', 'failed', 'outage', '90'],
      ['bedrock-us-east-1', 'plain', 'ok', '', '90'],
      ['bedrock-us-east-1', 'tool-use', 'ok', '', '2'],
      ['bedrock-us-west-2', 'plain', 'ok', '', '90'],
      ['bedrock-us-west-2', 'image', 'ok', '', '2'],
    ],
  },
};
