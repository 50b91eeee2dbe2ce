import { Host } from '../../../lib/hosts/host';
import { RoutingOrder } from '../../../lib/router/order/routing-order';
import { Weekday } from '../../../lib/router/order/route-hours';
import type { FailoverRouterProps } from '../../../lib/router/router-props';
import { parseConfig } from '../../../lambda/gateway/config/config';
import { ENV } from '../../../lib/contract';
import { deployed, functionNamed, routerTemplate } from './router-stack';

const near = Host.bedrock({ region: 'eu-central-1' });
const far = Host.bedrock({ region: 'us-west-2', name: 'far' });
const chain = [near, far];
const night = { from: '22:00', to: '06:00', zone: 'Europe/Berlin' };

/** As the deployed router reads them. */
function orders(props: Partial<FailoverRouterProps>) {
  const variables = functionNamed(routerTemplate({ chain, ...props }), 'Router').Environment.Variables;
  return parseConfig(deployed(variables[ENV.CONFIG])).routes.map(({ order, hours }) => ({ order, hours }));
}

test.each([
  [RoutingOrder.listed(), undefined],
  [RoutingOrder.fastest(), 'fastest'],
  [RoutingOrder.cheapest(), 'cheapest'],
  [RoutingOrder.cheapest({ priceFactors: { far: 0.85 } }), { cheapest: { priceFactors: { far: 0.85 } } }],
  [RoutingOrder.weights({ 'bedrock-eu-central-1': 70, far: 30 }), { weights: { 'bedrock-eu-central-1': 70, far: 30 } }],
])('the router is told of an order, and of none where hosts are tried as they are listed', (order, told) => {
  expect(orders({ order })).toEqual([{ order: told, hours: undefined }]);
});

test('a route has the router’s order where it has none of its own, and hours only of its own', () => {
  const clients = ['a'];
  const routes = [
    { clients, chain },
    { clients, chain, order: RoutingOrder.listed() },
    { chain, hours: { ...night, days: [Weekday.FRIDAY] }, order: RoutingOrder.cheapest() },
  ];
  expect(orders({ routes, order: RoutingOrder.fastest() })).toEqual([
    { order: 'fastest', hours: undefined },
    { order: undefined, hours: undefined },
    { order: 'cheapest', hours: { ...night, days: ['fri'] } },
    { order: 'fastest', hours: undefined },
  ]);
});

describe('it fails at synth, with the construct’s path, where an order or hours cannot be meant', () => {
  const clients = ['a'];
  test.each<[string, Partial<FailoverRouterProps>, RegExp]>([
    [
      'a weight of a host that is not in the chain',
      { order: RoutingOrder.weights({ anthropic: 50, far: 50 }) },
      /'order': weights: host "anthropic" is not in the chain; the chain has bedrock-eu-central-1, far/,
    ],
    [
      'weights that do not add up',
      { routes: [{ clients, chain, order: RoutingOrder.weights({ far: 30 }) }] },
      /'routes\[0\].order': weights: they add up to 30; they are percentages and must add up to 100/,
    ],
    [
      'a negative weight',
      { order: RoutingOrder.weights({ far: 110, 'bedrock-eu-central-1': -10 }) },
      /'order': weights\["far"\]: got 110; must be a percentage from 0 to 100/,
    ],
    [
      'a price of nothing',
      { order: RoutingOrder.cheapest({ priceFactors: { far: 0 } }) },
      /got 0; must be a number above 0/,
    ],
    [
      'the router’s weights on a route that lacks a host',
      { order: RoutingOrder.weights({ far: 100 }), routes: [{ clients, chain: [near] }] },
      /'order' for 'routes\[0\].chain': weights: host "far" is not in the chain/,
    ],
    [
      'a zone that there is not',
      { routes: [{ chain, hours: { ...night, zone: 'Europe/Berlinn' } }] },
      /'routes\[0\].hours.zone': got "Europe\/Berlinn"; must be a time zone/,
    ],
    [
      'a time that there is not',
      { routes: [{ chain, hours: { ...night, to: '24:30' } }] },
      /'routes\[0\].hours.to': got "24:30"; must be HH:MM from 00:00 to 24:00/,
    ],
  ])('%s', (_, props, message) => {
    expect(() => routerTemplate({ chain, ...props })).toThrow(message);
    expect(() => routerTemplate({ chain, ...props })).toThrow(/Router/);
  });
});
