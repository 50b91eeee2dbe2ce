import type { Audit } from '../../../lambda/gateway/audit/audit';
import { audited } from '../../../lambda/gateway/telemetry/audited';
import type { Telemetry } from '../../../lambda/gateway/telemetry/telemetry';

it('tells of a refusal all that it would tell without a trail', () => {
  const refused = jest.fn();
  const trail = { refused: () => {} } as unknown as Audit;
  const request = {
    id: 'r',
    method: 'POST',
    path: '/v1/messages',
    query: '',
    headers: {},
    client: 'product',
    timeLeftMs: undefined,
  };
  const denial = { client: 'product', rule: 'models' };
  audited({ observer: {}, refused } as unknown as Telemetry, Promise.resolve(trail)).refused(request, 403, denial);
  expect(refused).toHaveBeenCalledWith(request, 403, denial);
});
