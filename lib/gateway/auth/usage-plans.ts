import { Stack, Token } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { CANARY_CLIENT, FORMS } from '../../contract';
import { type ClientLimitsProps, QuotaPeriod } from '../../router/client';
import { ValidationError } from '../../validation-error';
import type { TeamProps } from './team-props';

/** A team with its key. The plan follows when there is a stage to plan for. */
export class Team extends Construct {
  public readonly key: apigateway.IApiKey;

  constructor(
    scope: Construct,
    public readonly props: TeamProps,
    private readonly planScope?: Construct,
  ) {
    super(scope, props.name);
    this.key =
      props.apiKey ??
      new apigateway.ApiKey(this, 'Key', {
        description: `Gateway key of team ${props.name}`,
        // A dynamic reference, which CloudFormation resolves.
        value: props.keySecret?.secretValue.unsafeUnwrap(),
      });
  }

  /** Those that the router holds in any shape. */
  public get limits(): ClientLimitsProps | undefined {
    const { requestsPerMinute, tokensPerMinute, concurrent } = this.props;
    if ((requestsPerMinute ?? tokensPerMinute ?? concurrent) === undefined) return undefined;
    return { requestsPerMinute, tokensPerMinute, concurrent };
  }

  /** And those of the usage plan, where there is none. */
  public get allLimits(): ClientLimitsProps | undefined {
    const { rateLimit: rate, burstLimit: burst, quota } = this.props;
    if (rate === undefined && quota === undefined) return this.limits;
    return {
      rate,
      burst,
      quota: quota && { limit: quota.limit, period: PERIODS[quota.period ?? apigateway.Period.MONTH] },
      ...this.limits,
    };
  }

  public addPlan(api: apigateway.RestApi): void {
    const { name, rateLimit, burstLimit, quota } = this.props;
    const plan = new apigateway.UsagePlan(this.planScope ?? this, 'Plan', {
      description: `Limits of team ${name}`,
      apiStages: [{ api, stage: api.deploymentStage }],
      throttle: rateLimit === undefined ? undefined : { rateLimit, burstLimit: burstLimit ?? rateLimit },
      quota: quota && { limit: quota.limit, period: quota.period ?? apigateway.Period.MONTH },
    });
    plan.addApiKey(this.key);
  }
}

const PERIODS: Readonly<Record<apigateway.Period, QuotaPeriod>> = {
  [apigateway.Period.DAY]: QuotaPeriod.DAY,
  [apigateway.Period.WEEK]: QuotaPeriod.WEEK,
  [apigateway.Period.MONTH]: QuotaPeriod.MONTH,
};

export function checkTeams(scope: Construct, teams: readonly TeamProps[]): void {
  if (teams.length === 0) {
    throw new ValidationError(
      scope,
      "'teams' of ClientAuth.apiKeys() is empty, so that nobody could call; " +
        'name at least one team, or leave it out for one team called default',
    );
  }
  for (const team of teams) checkTeam(scope, team);
  const names = teams.map(({ name }) => name);
  if (names.includes(CANARY_CLIENT)) {
    throw new ValidationError(
      scope,
      `a team is called '${CANARY_CLIENT}', as the stack's own canary is; take another name`,
    );
  }
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) {
    throw new ValidationError(scope, `there are two teams '${twice}'; give every team a name of its own`);
  }
  const owners = new Map<unknown, string>();
  for (const { name, apiKey, keySecret } of teams) {
    const key = apiKey ?? keySecret;
    const owner = key && owners.get(key);
    if (owner !== undefined) {
      throw new ValidationError(scope, `teams '${owner}' and '${name}' have the same key; give every team its own`);
    }
    owners.set(key, name);
  }
}

function checkTeam(scope: Construct, team: TeamProps): void {
  const { name, rateLimit, burstLimit, quota, apiKey, keySecret, requestsPerMinute, tokensPerMinute, concurrent } =
    team;
  if (!FORMS.teamName[0].test(name)) {
    throw new ValidationError(
      scope,
      `a team is called '${name}'; a name is 1 to 63 lower case letters, digits and dashes, such as team-a`,
    );
  }
  if (apiKey !== undefined && keySecret !== undefined) {
    throw new ValidationError(
      scope,
      `team '${name}' has both 'apiKey' and 'keySecret'; give the key that exists already, or the secret for a new one`,
    );
  }
  checkLength(scope, name, keySecret);
  if (burstLimit !== undefined && rateLimit === undefined) {
    throw new ValidationError(scope, `team '${name}' has 'burstLimit' but no 'rateLimit'; give both, or only the rate`);
  }
  const numbers = {
    rateLimit,
    burstLimit,
    'quota.limit': quota?.limit,
    requestsPerMinute,
    tokensPerMinute,
    concurrent,
  };
  for (const [field, value] of Object.entries(numbers)) {
    if (value === undefined || Token.isUnresolved(value) || (value >= 1 && Number.isInteger(value))) continue;
    throw new ValidationError(scope, `'${field}' of team '${name}' is ${value}; it must be a whole number from 1`);
  }
}

/** Known at synth only of a secret that is made here, and whose value Secrets Manager makes. */
function checkLength(scope: Construct, team: string, secret: TeamProps['keySecret']): void {
  const resource = secret?.node.defaultChild;
  if (!(resource instanceof secretsmanager.CfnSecret) || resource.generateSecretString === undefined) return;
  const made: secretsmanager.CfnSecret.GenerateSecretStringProperty = Stack.of(scope).resolve(
    resource.generateSecretString,
  );
  const { passwordLength: length = 32, generateStringKey } = made;
  if (generateStringKey !== undefined) {
    throw new ValidationError(
      scope,
      `the 'keySecret' of team '${team}' is JSON ('generateStringKey'); its whole text has to be the key, so leave that out`,
    );
  }
  if (Token.isUnresolved(length) || (length >= 20 && length <= 128)) return;
  throw new ValidationError(
    scope,
    `the 'keySecret' of team '${team}' is ${length} characters long; API Gateway takes keys of 20 to 128, ` +
      "so set its 'passwordLength'",
  );
}
