import * as v from 'valibot';
import { issueLines } from '../lambda/gateway/config/config-issues';
import { closest } from '../lib/catalog/closest';
import { LONGEST_STACK_NAME, roleNames, STACK_NAME } from '../lib/hosts/vertex/vertex-names';
import type { FailoverConfig } from './failover-config';
import { failoverConfigSchema } from './failover-config-schema';
import { lackingForHosts } from './hosts/chain-hosts';
import { lackingForLastResort } from './hosts/last-resort-hosts';

/** The message lists every problem of `failover.config.ts`, one a line. */
export class StackConfigError extends Error {
  override readonly name = 'StackConfigError';
  constructor(readonly problems: readonly string[]) {
    super(`failover.config.ts has ${problems.length} problem(s):\n${problems.join('\n')}`);
  }
}

/** The types of the file are not checked at synth, and a value may come from elsewhere: so every value is looked at. */
export function checkConfig(config: unknown): FailoverConfig {
  const result = v.safeParse(failoverConfigSchema, config, { abortPipeEarly: true });
  if (!result.success) throw new StackConfigError(issueLines(result.issues));
  const problems = [hostProblems, roleNameProblems, teamProblems].flatMap((find) => find(result.output));
  if (problems.length > 0) throw new StackConfigError(problems);
  return result.output;
}

const hostProblems = (config: FailoverConfig): string[] => {
  const [missing] = [
    ...lackingForHosts(config.chain, config),
    ...lackingForLastResort(config.lastResort ?? [], config),
  ];
  return missing === undefined ? [] : [missing];
};

function roleNameProblems({ google, stackName = STACK_NAME }: FailoverConfig): string[] {
  if (google === undefined || stackName.length <= LONGEST_STACK_NAME) return [];
  return [
    `stackName: got ${stackName.length} characters; with a Google project at most ${LONGEST_STACK_NAME} are possible, ` +
      `because Google knows the router by its role's name, ${roleNames('<stackName>').router}, and AWS takes 64 characters for it`,
  ];
}

function teamProblems({ routes = [], teams = [{ name: 'default' }] }: FailoverConfig): string[] {
  const known = teams.map(({ name }) => name);
  return routes.flatMap((route, index) =>
    (route.teams ?? []).flatMap((name, at) =>
      known.includes(name)
        ? []
        : [
            `routes[${index}].teams[${at}]: there is no team "${name}"; did you mean "${closest(name, known, 1).join()}"? ` +
              `The teams are ${known.join(', ')}`,
          ],
    ),
  );
}
