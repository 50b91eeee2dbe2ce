import { readOptions } from '../../local/demo/demo-options';

test('without options: simulated hosts, steady traffic, ports 8080 and 8081, no logs', () => {
  expect(readOptions([], {})).toEqual({
    real: false,
    traffic: true,
    quick: false,
    logs: false,
    port: 8080,
    pagePort: 8081,
  });
});

test('real hosts get no traffic unless it is asked for', () => {
  expect(readOptions(['--real'], {})).toMatchObject({ real: true, traffic: false });
  expect(readOptions(['--real', '--traffic'], {})).toMatchObject({ real: true, traffic: true });
});

test('--port comes before PORT, and the page takes the port after it', () => {
  expect(readOptions([], { PORT: '3000' })).toMatchObject({ port: 3000, pagePort: 3001 });
  expect(readOptions(['--port', '4000'], { PORT: '3000' })).toMatchObject({ port: 4000, pagePort: 4001 });
  expect(readOptions(['--port', '0'], {})).toMatchObject({ port: 0, pagePort: 0 });
  expect(readOptions(['--port', '65535'], {})).toMatchObject({ port: 65_535, pagePort: 65_535 });
});

test.each([
  [['--port', 'eighty'], {}, "--port: 'eighty' is not a port; use a number from 0 to 65535"],
  [['--page-port', '70000'], {}, "--page-port: '70000' is not a port"],
  [[], { PORT: 'x' }, "PORT: 'x' is not a port"],
  [['--fast'], {}, /'--fast'[^]*npm start -- \[options\]/],
])('%j with %j is refused with the value and what is allowed', (args, env, text) => {
  expect(() => readOptions(args, env)).toThrow(text);
});
