import { createHash } from 'node:crypto';
import { NestedStack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { ValidationError } from '../../validation-error';
import type { TeamProps } from './team-props';

/** Of the 500 resources that CloudFormation takes in a stack the gateway has up to 140, and a team three: key, usage plan, and the link. */
const MOST_TEAMS = 120;
/** A stack of keys alone has one of its 200 outputs for each, and the one of their plans one of its 200 parameters. */
const MOST_TEAMS_NESTED = 160;
const MOST_STACKS = 20;

/** Where a team's resources go. @default - below the team itself */
export interface TeamHome {
  readonly key: Construct;
  /** Apart from the key: the router knows the keys, the API's stage the router, and a plan the stage. */
  readonly plan?: Construct;
}

/** Into the gateway's own stack, or by the team's name into a pair of nested ones; without plans there is but the stack of the keys. */
export function teamHomes(
  scope: Construct,
  teams: readonly TeamProps[],
  nestedStacks = 0,
  hasPlans = true,
): (team: TeamProps) => TeamHome {
  if (!isCount(nestedStacks)) {
    throw new ValidationError(
      scope,
      `'nestedStacks' of ClientAuth.apiKeys() is ${nestedStacks}; it must be a whole number from 0 to ${MOST_STACKS}`,
    );
  }
  if (nestedStacks === 0) {
    checkCount(scope, teams.length, MOST_TEAMS, 'the stack of the gateway');
    return () => ({ key: scope });
  }
  const places = teams.map(({ name }) => placeOf(name, nestedStacks));
  const homes = new Map<number, TeamHome>();
  for (const place of [...new Set(places)].sort()) {
    checkCount(scope, places.filter((each) => each === place).length, MOST_TEAMS_NESTED, 'one of its nested stacks');
    homes.set(place, {
      key: new NestedStack(scope, `Teams${place}`),
      plan: hasPlans ? new NestedStack(scope, `Plans${place}`) : undefined,
    });
  }
  return ({ name }) => {
    const { key, plan } = homes.get(placeOf(name, nestedStacks))!;
    return { key, plan: plan && new Construct(plan, name) };
  };
}

const isCount = (value: number): boolean => Number.isInteger(value) && value >= 0 && value <= MOST_STACKS;

/** By the name alone, so that a team stays where it is, and keeps its key, whoever comes and goes. */
const placeOf = (name: string, stacks: number): number =>
  createHash('sha256').update(name).digest().readUInt32BE() % stacks;

function checkCount(scope: Construct, teams: number, most: number, where: string): void {
  if (teams <= most) return;
  throw new ValidationError(
    scope,
    `${where} would have ${teams} teams of ClientAuth.apiKeys(); at most ${most} fit beside what else is there, because CloudFormation ` +
      "takes 500 resources in a stack. Give 'nestedStacks', one for each 100 teams, or let the router itself know its clients: " +
      "'clients' with 'keySha256' take no resources",
  );
}
