import { listenAddress } from '../../../lambda/functions/server/listen-address';

test.each([
  [{}, '0.0.0.0', 8080],
  [{ PORT: '9000' }, '0.0.0.0', 9000],
  [{ AWS_LAMBDA_HTTP_ENDPOINT: '0.0.0.0:3000' }, '0.0.0.0', 3000],
  [{ AWS_LAMBDA_HTTP_ENDPOINT: 'http://127.0.0.1:3000', PORT: '9000' }, '127.0.0.1', 3000],
  [{ AWS_LAMBDA_HTTP_ENDPOINT: '3000' }, '0.0.0.0', 3000],
])('%j is %s:%i', (env, host, port) => {
  expect(listenAddress(env)).toEqual({ host, port });
});

test.each([{ PORT: 'http' }, { PORT: '70000' }, { AWS_LAMBDA_HTTP_ENDPOINT: 'somewhere' }])('%j is an error', (env) => {
  expect(() => listenAddress(env)).toThrow(/names the port .*must be a whole number/);
});
