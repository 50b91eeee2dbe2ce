import { isAllowedServer, mcpServer } from '../../../lambda/gateway/policy/mcp-servers';

it.each([
  ['https://mcp.example.com', 'mcp.example.com'],
  ['https://MCP.example.com:443/sse?x=1', 'mcp.example.com'],
  ['https://mcp.example.com:8443/', 'mcp.example.com:8443'],
])('%s leads to %s', (url, server) => {
  expect(mcpServer(url)).toBe(server);
});

it.each([
  'http://mcp.example.com',
  'https://mcp.example.com@evil.example',
  'https://mcp.example.com\\@evil.example',
  'https://mcp.example.com\t.evil.example',
  'https://mcp.example.com%2eevil.example/',
  ' https://mcp.example.com',
  'https:mcp.example.com',
  'https://mcp.example.com./',
  ['https://mcp.example.com'],
  undefined,
])('where %j leads to is not beyond doubt', (url) => {
  expect(mcpServer(url)).toBeUndefined();
});

it.each([
  ['mcp.example.com', true],
  ['a.b.example.org', true],
  ['example.org', false],
  ['evilexample.org', false],
  ['mcp.example.com:8443', false],
  ['mcp.example.com.evil.example', false],
])('%s is allowed: %s', (server, isAllowed) => {
  expect(isAllowedServer(server, ['MCP.example.com', '*.example.org'])).toBe(isAllowed);
});
