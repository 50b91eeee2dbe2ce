import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { installFromPyPI } from './install';
import { startPeer } from './peer-process';
import { AWS_KEYS, RETRIES, TIMEOUT_S, UPSTREAM_KEY, UPSTREAM_MODEL, type Peer, type PeerHost } from './peer';

const VERSION = '1.110.2';
/** What its extra `proxy` names and its proxy imports: the extra itself asks for packages that the index does not have. */
const PROXY = [
  'apscheduler==3.11.3',
  'backoff==2.2.1',
  'backports.zstd==1.8.0',
  'cryptography==50.0.2',
  'expression==5.8.0',
  'fastapi==0.165.0',
  'fastapi-sso==0.23.0',
  'gunicorn==23.0.0',
  'httpx2==2.16.2',
  'litellm-proxy-extras==0.4.110',
  'mcp==2.3.0',
  'orjson==3.13.0',
  'pyjwt==2.15.1',
  'pynacl==1.6.2',
  'python-multipart==0.0.34',
  'restrictedpython==8.5',
  'rich==13.9.4',
  'rq==2.12.0',
  'semver==3.1.2',
  'soundfile==0.14.0',
  'starlette==1.10.0',
  'uvicorn==0.54.0',
  'uvloop==0.23.0',
  'websockets==15.0.1',
];
const KEY = 'sk-bench';

/** LiteLLM's proxy: one process, one model group a host, fallbacks between groups. */
export const litellm: Peer = {
  name: 'LiteLLM proxy',
  version: VERSION,
  setUp: `router_settings: num_retries ${RETRIES}, timeout ${TIMEOUT_S}, fallbacks; one worker`,
  install: () => installFromPyPI(`litellm-${VERSION}`, [`litellm==${VERSION}`, ...PROXY]),
  async start(folder, chains, core) {
    const config = join(folder, `config-${process.pid}.yaml`);
    const nameOf = (model: string, at: number) => (at === 0 ? model : `${model}-fallback-${at}`);
    const served = chains.filter(({ hosts }) => hosts.every((host) => paramsOf(host) !== undefined));
    writeFileSync(
      config,
      // JSON is YAML.
      JSON.stringify({
        model_list: served.flatMap(({ model, hosts }) =>
          hosts.map((host, at) => ({ model_name: nameOf(model, at), litellm_params: paramsOf(host) })),
        ),
        router_settings: {
          num_retries: RETRIES,
          timeout: TIMEOUT_S,
          fallbacks: served
            .filter(({ hosts }) => hosts.length > 1)
            .map(({ model, hosts }) => ({ [model]: hosts.slice(1).map((_, at) => nameOf(model, at + 1)) })),
        },
        general_settings: { master_key: KEY },
      }),
    );
    const { port, ...running } = await startPeer(
      (free) => [join(folder, 'bin/litellm'), '--config', config, '--host', '127.0.0.1', '--port', String(free)],
      { LITELLM_LOCAL_MODEL_COST_MAP: 'True', LITELLM_LOCAL_ANTHROPIC_BETA_HEADERS: 'True', LITELLM_LOG: 'ERROR' },
      '/health/liveliness',
      core,
    );
    return {
      ...running,
      target(chain) {
        const foreign = chain.hosts.find((host) => paramsOf(host) === undefined);
        if (foreign) return `its ${foreign.kind} credentials cannot be exchanged at a simulated host`;
        return {
          url: `http://127.0.0.1:${port}`,
          model: chain.model,
          headers: { authorization: `Bearer ${KEY}` },
          only: { body: { disable_fallbacks: true } },
          servedBy: (headers) => {
            const fallbacks = headers['x-litellm-attempted-fallbacks'];
            return fallbacks === undefined ? undefined : Number(fallbacks);
          },
        };
      },
    };
  },
};

function paramsOf({ kind, url, region }: PeerHost): Record<string, string> | undefined {
  if (kind === 'anthropic') {
    return { model: `anthropic/${UPSTREAM_MODEL}`, api_base: url, api_key: UPSTREAM_KEY };
  }
  if (kind !== 'bedrock') return undefined;
  return {
    model: `bedrock/invoke/global.anthropic.${UPSTREAM_MODEL}`,
    aws_bedrock_runtime_endpoint: url,
    aws_region_name: region ?? 'us-east-1',
    aws_access_key_id: AWS_KEYS.id,
    aws_secret_access_key: AWS_KEYS.secret,
  };
}
