import { INVOKE_BETAS, MESSAGES_BETAS } from '../../../lambda/hosts/bedrock/betas';
import { VERTEX_BETAS } from '../../../lambda/hosts/vertex/betas';
import { betasFor as fit, requestedBetas } from '../../../lambda/wire/anthropic/request/betas';

const LISTS = { bedrockInvoke: INVOKE_BETAS, bedrockMessages: MESSAGES_BETAS, vertex: VERTEX_BETAS };
const betasFor = (door: keyof typeof LISTS, requested: readonly string[]) => fit(LISTS[door], requested);

test('Bedrock is not sent the flags of Claude Code that it is known to refuse', () => {
  const requested = [
    'claude-code-20250219',
    'oauth-2025-04-20',
    'interleaved-thinking-2025-05-14',
    'prompt-caching-scope-2026-01-05',
    'context-management-2025-06-27',
  ];
  expect(betasFor('bedrockInvoke', requested)).toEqual({
    keep: ['claude-code-20250219', 'interleaved-thinking-2025-05-14', 'context-management-2025-06-27'],
    drop: ['oauth-2025-04-20', 'prompt-caching-scope-2026-01-05'],
  });
});

test('a door that takes a flag gets it, though another door of the same cloud refuses it', () => {
  expect(betasFor('bedrockInvoke', ['web-search-2025-03-05']).keep).toEqual([]);
  expect(betasFor('bedrockMessages', ['web-search-2025-03-05']).drop).toEqual([]);
  expect(betasFor('vertex', ['web-search-2025-03-05']).drop).toEqual([]);
});

test.each(['bedrockInvoke', 'bedrockMessages', 'vertex'] as const)(
  '%s is sent an unknown flag and no outlived one',
  (door) => {
    expect(betasFor(door, ['something-new-2027-01-01', 'prompt-caching-2024-07-31'])).toEqual({
      keep: ['something-new-2027-01-01'],
      drop: ['prompt-caching-2024-07-31'],
    });
  },
);

test('a flag goes out once, under the name the cloud knows', () => {
  expect(betasFor('vertex', ['advanced-tool-use-2025-11-20', 'tool-search-tool-2025-10-19'])).toEqual({
    keep: ['tool-search-tool-2025-10-19'],
    drop: [],
  });
});

test('flags are read from the comma list of the header', () => {
  expect(requestedBetas({ 'anthropic-beta': 'a-1, b-2,,c-3 ' })).toEqual(['a-1', 'b-2', 'c-3']);
  expect(requestedBetas({})).toEqual([]);
});
