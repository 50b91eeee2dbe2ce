import * as v from 'valibot';
import { issueLines } from '../lambda/gateway/config/config-issues';
import { closest } from '../lib/catalog/closest';
import { LONGEST_STACK_NAME, roleNames } from '../lib/hosts/vertex/vertex-names';
import type { FailoverConfig } from './failover-config';
import { failoverConfigSchema } from './failover-config-schema';
import { lackingForHosts } from './hosts/chain-hosts';
import { lackingForLastResort } from './hosts/last-resort-hosts';
import { stackNames } from './regions/config-of-region';
import { regionProblems } from './regions/region-problems';
import { StackConfigError } from './stack-config-error';

/** The types of the file are not checked at synth, and a value may come from elsewhere: so every value is looked at. */
export function checkConfig(config: unknown): FailoverConfig {
  const result = v.safeParse(failoverConfigSchema, config, { abortPipeEarly: true });
  if (!result.success) throw new StackConfigError(issueLines(result.issues));
  const problems = [hostProblems, regionProblems, roleNameProblems, teamProblems].flatMap((find) =>
    find(result.output),
  );
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

function roleNameProblems(config: FailoverConfig): string[] {
  const [longest = ''] = stackNames(config).sort((a, b) => b.length - a.length);
  if (config.google === undefined || longest.length <= LONGEST_STACK_NAME) return [];
  return [
    `stackName: got ${longest.length} characters${config.regions ? ' with the region' : ''}; with a Google project at most ${LONGEST_STACK_NAME} are possible, ` +
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
