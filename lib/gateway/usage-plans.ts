import { Token } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import { Construct } from 'constructs';
import { CANARY_CLIENT, FORMS } from '../contract';
import { ValidationError } from '../validation-error';
import type { TeamProps } from './team-props';

/** A team with its key. The plan follows when there is a stage to plan for. */
export class Team extends Construct {
  public readonly key: apigateway.ApiKey;

  constructor(
    scope: Construct,
    public readonly props: TeamProps,
    private readonly planScope?: Construct,
  ) {
    super(scope, props.name);
    this.key = new apigateway.ApiKey(this, 'Key', { description: `Gateway key of team ${props.name}` });
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
}

function checkTeam(scope: Construct, { name, rateLimit, burstLimit, quota }: TeamProps): void {
  if (!FORMS.teamName[0].test(name)) {
    throw new ValidationError(
      scope,
      `a team is called '${name}'; a name is 1 to 63 lower case letters, digits and dashes, such as team-a`,
    );
  }
  if (burstLimit !== undefined && rateLimit === undefined) {
    throw new ValidationError(scope, `team '${name}' has 'burstLimit' but no 'rateLimit'; give both, or only the rate`);
  }
  const numbers = { rateLimit, burstLimit, 'quota.limit': quota?.limit };
  for (const [field, value] of Object.entries(numbers)) {
    if (value === undefined || Token.isUnresolved(value) || (value >= 1 && Number.isInteger(value))) continue;
    throw new ValidationError(scope, `'${field}' of team '${name}' is ${value}; it must be a whole number from 1`);
  }
}
