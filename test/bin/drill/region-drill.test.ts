import { regionDrill } from '../../../bin/cli/region-drill';

it('a gateway that is alone is not taken out: there is nowhere to go', async () => {
  const stack = { url: 'http://127.0.0.1:9', region: 'us-east-1', healthTable: { name: 'health' } };
  await expect(regionDrill(stack, undefined)).rejects.toThrow('the gateway in us-east-1 is alone');
});
