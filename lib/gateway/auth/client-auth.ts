import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import type { Construct } from 'constructs';
import { Steering } from '../../router/client';
import { CANARY_CLIENT, PROBE_CLIENT } from '../../contract';
import { CanaryAuth, type ClientAuthBinding, type ClientAuthBindOptions } from './client-auth-binding';
import { keyAuthorizer } from './key-authorizer';
import type { OwnClients } from './own-clients';
import type { TeamProps } from './team-props';
import { teamHomes } from './team-stacks';
import { checkTeams, Team } from './usage-plans';
import { ValidationError } from '../../validation-error';

/** Clients with keys of API Gateway. */
export interface ApiKeysProps {
  /**
   * One key and one usage plan for each team.
   * @default - one team, `default`
   */
  readonly teams?: TeamProps[];
  /**
   * Nested stacks among which the teams are divided by their names, 0 to 20: one for each 100 teams, because CloudFormation takes 500
   * resources in a stack. Another number moves teams from one to another, and a team that is moved gets a new key. An account has
   * 300 usage plans in a region, until AWS raises that quota.
   * @default 0 - all are in the stack of the gateway, which has room for 120
   */
  readonly nestedStacks?: number;
}

/** Access without any authentication. */
export interface OpenAccessProps {
  /** Must be true: whoever can reach the gateway spends on its accounts. */
  readonly acknowledgeOpenAccess: boolean;
}

/**
 * How the gateway knows its clients: one of the factories, or a class of one's own that says in `bind` what API Gateway is to ask for.
 */
export abstract class ClientAuth {
  /**
   * A gateway key in `x-api-key` or `Authorization: Bearer`, where Anthropic's SDKs send their key. API Gateway makes the
   * key and checks it; usage plans limit each team.
   */
  public static apiKeys(props: ApiKeysProps = {}): ClientAuth {
    return new ApiKeys(props);
  }

  /** Requests signed with AWS credentials (SigV4, service `execute-api`); see `FailoverGateway.grantInvoke`. */
  public static iam(): ClientAuth {
    return new MethodAuth({ authorizationType: apigateway.AuthorizationType.IAM }, CanaryAuth.IAM);
  }

  /**
   * An authorizer of one's own. If its context has a string `client`, that is the client's name in routes and logs.
   */
  public static authorizer(authorizer: apigateway.IAuthorizer): ClientAuth {
    return new MethodAuth({ authorizer });
  }

  /** Anybody who can reach the gateway may use it: for a private endpoint, or behind a front door that authenticates. */
  public static open(props: OpenAccessProps): ClientAuth {
    return new OpenAccess(props);
  }

  /**
   * Says how the API authenticates, and whom the router knows. Called once for each gateway, before there is an API.
   * @param scope place for constructs of the auth, empty before and nobody else's
   */
  public abstract bind(scope: Construct, options: ClientAuthBindOptions): ClientAuthBinding;

  /**
   * Whom a router is to know by itself, where there is no API Gateway before it.
   * @internal
   */
  public _bindOwn(scope: Construct, _options: ClientAuthBindOptions): OwnClients {
    throw new ValidationError(
      scope,
      "'auth' is one of API Gateway's, which a gateway of another shape than RouterShape.lambda() has not; take ClientAuth.apiKeys(), " +
        'whose keys the router itself knows, or leave it out',
    );
  }

  /**
   * Adds what needs the API and its stage, such as usage plans. Nothing, where a class of one's own does not say otherwise.
   * @param _scope the one that `bind` was given
   * @param _api the gateway's API, complete
   */
  public attach(_scope: Construct, _api: apigateway.RestApi): void {
    return;
  }
}

class ApiKeys extends ClientAuth {
  constructor(private readonly props: ApiKeysProps) {
    super();
  }

  public override bind(scope: Construct, options: ClientAuthBindOptions): ClientAuthBinding {
    const { teams, canary } = this.makeTeams(scope, options, true);
    return {
      clients: teams.map(({ key, limits, props: { name, may, policy, spend, operator } }) => ({
        name,
        apiKeyId: key.keyId,
        may,
        limits,
        policy,
        spend,
        operator,
      })),
      apiKeySourceType: apigateway.ApiKeySourceType.AUTHORIZER,
      methodOptions: { apiKeyRequired: true, authorizer: keyAuthorizer(scope, options) },
      firstKeyId: teams[0]?.key.keyId,
      ...(canary && { canaryAuth: CanaryAuth.API_KEY, canaryKeyId: canary.key.keyId }),
    };
  }

  /** Keys of API Gateway all the same: they cost nothing, need no API, and stay when a stack gets another shape. */
  public override _bindOwn(scope: Construct, options: ClientAuthBindOptions): OwnClients {
    const { teams, canary } = this.makeTeams(scope, options, false);
    const probe = new Team(scope, { name: PROBE_CLIENT });
    return {
      clients: teams.map(({ key, allLimits: limits, props: { name, may, policy, spend, operator } }) => ({
        name,
        keyId: key.keyId,
        may,
        limits,
        spend,
        operator,
        policy,
      })),
      probeKeyId: probe.key.keyId,
      firstKeyId: teams[0]?.key.keyId,
      ...(canary && { canaryAuth: CanaryAuth.API_KEY, canaryKeyId: canary.key.keyId }),
    };
  }

  private makeTeams(scope: Construct, options: ClientAuthBindOptions, hasPlans: boolean) {
    const { teams: given = [{ name: 'default' }], nestedStacks } = this.props;
    checkTeams(scope, given);
    const canary = options.canary ? new Team(scope, { name: CANARY_CLIENT, may: [Steering.ONLY] }) : undefined;
    const home = teamHomes(scope, given, nestedStacks, hasPlans);
    const teamOf = (team: TeamProps): Team => {
      const { key, plan } = home(team);
      return new Team(key, team, plan);
    };
    return { teams: [...given.map(teamOf), ...(canary ? [canary] : [])], canary };
  }

  public override attach(scope: Construct, api: apigateway.RestApi): void {
    // Also in nested stacks.
    for (const team of scope.node.findAll()) if (team instanceof Team) team.addPlan(api);
  }
}

class MethodAuth extends ClientAuth {
  constructor(
    private readonly methodOptions: apigateway.MethodOptions,
    private readonly canaryAuth?: CanaryAuth,
  ) {
    super();
  }

  public override bind(): ClientAuthBinding {
    const { methodOptions, canaryAuth } = this;
    return { methodOptions, canaryAuth };
  }
}

class OpenAccess extends ClientAuth {
  constructor(private readonly props: OpenAccessProps) {
    super();
  }

  public override bind(scope: Construct): ClientAuthBinding {
    this.checkAcknowledged(scope);
    return { methodOptions: { authorizationType: apigateway.AuthorizationType.NONE }, canaryAuth: CanaryAuth.NONE };
  }

  public override _bindOwn(scope: Construct): OwnClients {
    this.checkAcknowledged(scope);
    return { canaryAuth: CanaryAuth.NONE };
  }

  private checkAcknowledged(scope: Construct): void {
    if (this.props.acknowledgeOpenAccess) return;
    throw new ValidationError(
      scope,
      "'acknowledgeOpenAccess' of ClientAuth.open() is false: whoever can reach the gateway would spend on its accounts; " +
        'set it to true if that is meant, or use ClientAuth.apiKeys() or ClientAuth.iam()',
    );
  }
}
