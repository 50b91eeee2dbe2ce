import fc from 'fast-check';
import type { FailoverConfig, QuotaConfig, StackRoute, TeamConfig } from '../../../bin/failover-config';
import { type ClientPolicy, DAYS, type HoursConfig, type OrderConfig } from '../../../lib/contract';
import { EFFORTS, GEOGRAPHIES } from '../../../lib/contract/governance/policy';
import type { ChainHost } from '../../../bin/hosts/chain-hosts';
import { FEATURES } from '../../../lib/contract/features';
import { anySpend, anyTeamSpend } from './any-spend';
import { anyGoogle } from './any-google';
import { words, word } from './words';

/** A chain has one host of each, in any order, so that every field of every kind is written. */
const KINDS = ['anthropic', 'bedrock', 'vertex', 'foundry', 'claude-platform-aws', 'messages'] as const;
type Kind = (typeof KINDS)[number];

const SOURCES = [
  { region: 'us-east-1', profile: 'global' },
  { region: 'us-west-2', profile: 'us' },
  { region: 'eu-central-1', profile: 'eu' },
  { region: 'ap-northeast-1', profile: 'jp' },
  { region: 'ap-southeast-2', profile: 'au' },
  { region: 'ap-south-1', profile: 'apac' },
] as const;
const REGIONS = SOURCES.map(({ region }) => region);

const seconds = fc.integer({ min: 1, max: 2_592_000 });
const anyCache = fc.oneof(
  fc.constant(false as const),
  fc.record({
    ttlSeconds: seconds,
    staleSeconds: seconds,
    shared: fc.constant(true),
    onRequest: fc.constant(true),
    epoch: fc.integer({ min: 0, max: 1_000_000_000 }),
  }),
);

const treatment = (models: readonly string[]) =>
  ({
    fallbacks: fc.shuffledSubarray([...models], { minLength: 1, maxLength: Math.min(4, models.length) }),
    onRefusal: fc.shuffledSubarray([...models], { minLength: 1 }),
    message: word,
    budget: fc.constantFrom('realtime', 'interactive', 'batch'),
    commit: fc.constantFrom('first-content', 'complete'),
    trickle: fc.integer({ min: 0, max: 100 }).map((percent) => percent / 100),
    cache: anyCache,
  }) as const;

const weightsOf = (one: string, another: string | undefined, percent: number): Readonly<Record<string, number>> =>
  another === undefined ? { [one]: 100 } : { [one]: 100 - percent, [another]: percent };
const anyOrder = (hosts: readonly string[]): fc.Arbitrary<OrderConfig> =>
  fc.oneof(
    fc.constantFrom('listed', 'fastest', 'cheapest'),
    fc.constantFrom(...hosts).chain((host) =>
      fc.integer({ min: 0, max: 100 }).map((percent) => ({
        weights: weightsOf(
          host,
          hosts.find((each) => each !== host),
          percent,
        ),
      })),
    ),
    fc
      .dictionary(
        fc.constantFrom(...hosts),
        fc.integer({ min: 1, max: 200 }).map((percent) => percent / 100),
      )
      .map((priceFactors) => ({ cheapest: { priceFactors } })),
  );

const time = (hour: number): string => `${String(hour).padStart(2, '0')}:30`;
const anyHours: fc.Arbitrary<Required<HoursConfig>> = fc
  .record({
    hours: fc.uniqueArray(fc.integer({ min: 0, max: 23 }), { minLength: 2, maxLength: 2 }),
    zone: fc.constantFrom('UTC', 'Europe/Berlin', 'America/New_York'),
    days: fc.shuffledSubarray([...DAYS], { minLength: 1 }),
  })
  .map(({ hours: [from = 0, to = 1], zone, days }) => ({ from: time(from), to: time(to), zone, days }));

const hostOf = (kind: Kind, name: string, models: readonly string[]): fc.Arbitrary<ChainHost> => {
  const named = { name: fc.constant(name), endpoint: word.map((host) => `https://${host}.example.com`) };
  const tags = fc.dictionary(word, word, { minKeys: 1, maxKeys: 3 });
  switch (kind) {
    case 'anthropic':
      return fc.record({ host: fc.constant(kind), ...named, keys: fc.integer({ min: 1, max: 4 }) });
    case 'bedrock':
      return fc
        .record({ host: fc.constant(kind), ...named, source: fc.constantFrom(...SOURCES), costTags: tags })
        .map(({ source, ...host }) => ({ ...host, ...source }));
    case 'vertex':
      return fc.record({
        host: fc.constant(kind),
        ...named,
        location: fc.constantFrom('global', 'us', 'eu', 'europe-west1'),
        modelIds: fc.dictionary(fc.constantFrom(...models), word, { minKeys: 1 }),
      });
    case 'foundry':
      return fc.record({
        host: fc.constant(kind),
        ...named,
        resource: word,
        hosting: fc.constantFrom('anthropic', 'azure'),
      });
    case 'claude-platform-aws':
      return fc.record({
        host: fc.constant(kind),
        ...named,
        region: fc.constantFrom(...REGIONS),
        workspaceId: word.map((id) => `wrkspc_${id}`),
      });
    case 'messages':
      return fc.record({
        host: fc.constant(kind),
        name: named.name,
        baseUrl: named.endpoint,
        models: fc.dictionary(fc.constantFrom(...models), word, { minKeys: 1 }),
        auth: fc.oneof(
          fc.constantFrom('bearer', 'x-api-key', 'none'),
          fc.record({ service: word, region: fc.constantFrom(...REGIONS) }),
        ),
        headers: fc.uniqueArray(word, { minLength: 1, maxLength: 2 }),
        lacks: fc.shuffledSubarray([...FEATURES]),
        servedIn: fc.constantFrom('eu', 'us', 'jp', 'au'),
      });
  }
};

const anyRoute = (
  models: readonly string[],
  teams: readonly string[],
  hosts: readonly string[],
): fc.Arbitrary<Required<Omit<StackRoute, 'lastResort' | 'whenDown'>>> =>
  fc.shuffledSubarray([...hosts], { minLength: 1 }).chain((chain) =>
    fc.record({
      models: fc.shuffledSubarray([...models], { minLength: 1 }),
      teams: fc.shuffledSubarray([...teams], { minLength: 1 }),
      hours: anyHours,
      chain: fc.constant(chain),
      order: anyOrder(chain),
      ...treatment(models),
    }),
  );

/** Each has a host that may serve in any of the geographies, so that none is left without. */
const anyPolicy = (models: readonly string[], hosts: readonly string[]): fc.Arbitrary<Required<ClientPolicy>> =>
  fc.record({
    models: fc.shuffledSubarray([...models, 'claude-*'], { minLength: 1 }),
    hosts: fc.constant([...hosts]),
    geographies: fc.shuffledSubarray([...GEOGRAPHIES], { minLength: GEOGRAPHIES.length }),
    tools: fc.shuffledSubarray(['web_search', 'code_execution_20250825']),
    mcpServers: fc.shuffledSubarray(['mcp.example.com', '*.example.org']),
    maxTokens: fc.integer({ min: 1, max: 1_000_000 }),
    effort: fc.constantFrom(...EFFORTS),
    files: fc.boolean(),
    guardrail: fc.record({
      id: fc.constant('abc123'),
      version: fc.constantFrom('1', 'DRAFT'),
      region: fc.constantFrom(...REGIONS),
      output: fc.constant(false),
      whenDown: fc.constant('open' as const),
    }),
  });

const anyTeam = (
  name: string,
  models: readonly string[],
  hosts: readonly string[],
): fc.Arbitrary<Required<TeamConfig>> =>
  fc.record({
    name: fc.constant(name),
    rateLimit: fc.integer({ min: 1, max: 10_000 }),
    burstLimit: fc.integer({ min: 1, max: 5000 }),
    quota: fc.record({
      limit: fc.integer({ min: 1, max: 2_000_000_000 }),
      period: fc.constantFrom('DAY', 'WEEK', 'MONTH'),
    }),
    spend: anyTeamSpend,
    operator: fc.boolean(),
    requestsPerMinute: fc.integer({ min: 1, max: 10_000_000 }),
    tokensPerMinute: fc.integer({ min: 1, max: 1_000_000_000 }),
    concurrent: fc.integer({ min: 1, max: 100_000 }),
    policy: anyPolicy(models, hosts),
    may: fc.shuffledSubarray(['chain', 'only', 'skip', 'commit', 'budget'] as const),
  });

const perMinute = fc.integer({ min: 1, max: 1_000_000_000 });
const code = fc.stringMatching(/^L-[0-9A-F]{8}$/);
const minutes = fc.integer({ min: 1, max: 60 });
const figures = { tokensPerMinute: perMinute, requestsPerMinute: perMinute };
/** Only Bedrock's quotas have codes. */
const quotaOf = ({ host }: ChainHost): fc.Arbitrary<QuotaConfig> =>
  host === 'bedrock' ? fc.record({ ...figures, tokensQuotaCode: code, requestsQuotaCode: code }) : fc.record(figures);

const anyCanary = (chain: readonly ChainHost[]) =>
  fc.oneof(
    fc.constant(false as const),
    fc.record({
      intervalMinutes: minutes,
      dailyBudgetUsd: fc.integer({ min: 0, max: 1000 }).map((thousandths) => thousandths / 1000),
      quotas: fc.record(Object.fromEntries(chain.map((host) => [host.name ?? '', quotaOf(host)]))),
      openaiDoor: fc.boolean(),
      outsideView: fc.record({ intervalMinutes: minutes }),
    }),
  );

const anySpendReport = fc.record({
  onDashboard: fc.boolean(),
  daily: fc.boolean(),
  anomalies: fc.boolean(),
  monthlyUsd: fc.integer({ min: 1, max: 1_000_000 }),
});

const email = word.map((name) => `${name}@example.com`);
const emails = (minLength: number) => fc.uniqueArray(email, { minLength, maxLength: 3 });

/**
 * A whole `failover.config.ts` with every field in it but `lastResort`, whose hosts have a test of their own, and `shape`, `audit`, `regions`,
 * `domain`, `queue` and `batches`, which have theirs; what the parts call each other by is drawn first.
 */
export const anyConfig: fc.Arbitrary<
  Required<
    Omit<
      FailoverConfig,
      'lastResort' | 'shape' | 'audit' | 'guardrail' | 'regions' | 'domain' | 'queue' | 'whenDown' | 'batches'
    >
  >
> = fc
  .record({
    models: fc.shuffledSubarray(['claude-opus-5-5', 'claude-sonnet-5-5', 'claude-haiku-5-5', 'claude-opus-5'], {
      minLength: 2,
    }),
    kinds: fc.shuffledSubarray([...KINDS], { minLength: KINDS.length }),
    hosts: words(KINDS.length),
    teams: words(2),
  })
  .chain(({ models, kinds, hosts, teams }) =>
    fc.record({
      models: fc.constant(models),
      chain: fc.tuple(...kinds.map((kind, index) => hostOf(kind, hosts[index]!, models))),
      routes: fc.array(anyRoute(models, teams, hosts), { minLength: 1, maxLength: 3 }),
      teams: fc.tuple(...teams.map((team) => anyTeam(team, models, hosts))),
    }),
  )
  .chain(({ chain, ...drawn }) =>
    fc.record({
      stackName: word.map((name) => `Claude-${name}`),
      account: fc.stringMatching(/^\d{12}$/),
      region: fc.constantFrom(...REGIONS),
      models: fc.constant(drawn.models),
      chain: fc.constant(chain),
      google: anyGoogle,
      residency: fc.constantFrom('eu', 'us', 'jp', 'au', 'anywhere'),
      order: anyOrder(chain.map(({ name }) => name ?? '')),
      ...treatment(drawn.models),
      routes: fc.constant(drawn.routes),
      teams: fc.constant(drawn.teams),
      spend: anySpend(drawn.models),
      pageEmails: emails(1),
      noticeEmails: emails(1),
      spendReport: anySpendReport,
      canary: anyCanary(chain),
      onDestroy: fc.constantFrom('destroy', 'retain'),
    }),
  );
