import type { Stack } from 'aws-cdk-lib';
import { parseConfig } from '../../../lambda/gateway/config/config';
import { Host } from '../../../lib/hosts/host';
import { ProviderKey } from '../../../lib/hosts/provider-key';
import type { FailoverRouterProps } from '../../../lib/router/router-props';
import { type SpendProps, TableDown, UnknownPrice } from '../../../lib/router/spend/spend-props';
import { deployed, functionNamed, newStack, routerIn, routerTemplate, statementsOf } from './router-stack';

const SPEND: SpendProps = {
  monthly: 5000,
  perTeam: { weekly: 300 },
  perUser: { daily: 5 },
  models: { 'claude-opus-5-5': { daily: 100 } },
  timeZone: 'Europe/Berlin',
  unknownPrice: UnknownPrice.FREE,
  tableDown: TableDown.CLOSED,
  share: 50,
};
const CLIENTS = [
  { name: 'web', spend: { monthly: 500, users: { ann: { daily: 20 } } } },
  { name: 'finance', operator: true },
];

const configIn = (props: Partial<FailoverRouterProps>) => {
  const { FAILOVER_CONFIG } = functionNamed(routerTemplate(props), 'RouterFunction').Environment.Variables;
  return parseConfig(deployed(FAILOVER_CONFIG));
};

it('what is said of spending is in the stored configuration, as the router reads it', () => {
  const config = configIn({ spend: SPEND, clients: CLIENTS });
  expect(config.spend).toEqual({ ...SPEND, unknownPrice: 'free', tableDown: 'closed' });
  expect(config.clients?.slice(0, 2)).toEqual(CLIENTS);
});

const rights = (props: Partial<FailoverRouterProps>): unknown[] =>
  statementsOf(routerTemplate(props), 'Router')
    .flatMap(({ Action }) => Action)
    .filter((action) => String(action).startsWith('dynamodb:'));

it('the router may count what is spent and keep what operators set, and without limits it may not', () => {
  expect(rights({})).not.toContain('dynamodb:UpdateItem');
  expect(rights({ spend: { monthly: 1 } })).toEqual(
    expect.arrayContaining(['dynamodb:UpdateItem', 'dynamodb:GetItem', 'dynamodb:DeleteItem']),
  );
  expect(rights({ clients: CLIENTS })).toContain('dynamodb:UpdateItem');
});

it('a stack without spend limits is told nothing of them', () => {
  expect(JSON.stringify(configIn({}))).not.toContain('spend');
});

it.each<[string, Partial<FailoverRouterProps>, RegExp]>([
  ['an amount of nothing', { spend: { daily: 0 } }, /'spend': 'daily' is 0; it must be USD, above 0/],
  [
    "a day's limit above the month's",
    { clients: [{ name: 'web', spend: { daily: 600, monthly: 500 } }] },
    /'spend' of client 'web': "daily" is 600 USD and "monthly" 500, so that the first never holds/,
  ],
  ['a time zone that there is not', { spend: { timeZone: 'Europe/Bonn' } }, /'Europe\/Bonn'; it must be IANA's name/],
  [
    'a model that there is not',
    { spend: { models: { 'claude-opus-9': { daily: 1 } } } },
    /no model 'claude-opus-9'; the models are/,
  ],
  ['a share of more than all', { spend: { share: 101 } }, /'spend.share' is 101/],
])('%s stops synth', (_, props, message) => {
  expect(() => routerIn(newStack(), props)).toThrow(message);
});

describe('a model that nobody knows the price of', () => {
  const router = (stack: Stack, unknownPrice?: UnknownPrice) =>
    routerIn(stack, {
      spend: { monthly: 100, unknownPrice },
      lastResort: [{ host: Host.openai({ keys: [new ProviderKey(stack, 'Other')] }), model: 'gpt-of-tomorrow' }],
    });

  it('stops synth where money is counted, with its name and what to do', () => {
    expect(() => router(newStack())).toThrow(
      /'gpt-of-tomorrow' \(routes\[0\].lastResort\[0\]\) has no list price.*UnknownPrice.FREE/,
    );
  });

  it('is let in where it is to be free', () => {
    expect(() => router(newStack(), UnknownPrice.FREE)).not.toThrow();
  });
});
