import * as v from 'valibot';
import { issueLines } from '../lambda/gateway/config/config-issues';
import type { FailoverConfig } from '../lib/gateway/failover-config';
import { closest } from '../lib/catalog/closest';
import { LONGEST_STACK_NAME, roleNames, STACK_NAME } from '../lib/hosts/vertex/vertex-names';
import { failoverConfigSchema } from './failover-config-schema';

/** The message lists every problem of `failover.config.ts`, one a line. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  constructor(readonly problems: readonly string[]) {
    super(`failover.config.ts has ${problems.length} problem(s):\n${problems.join('\n')}`);
  }
}

/** The types of the file are not checked at synth, and a value may come from elsewhere: so every value is looked at. */
export function checkConfig(config: unknown): FailoverConfig {
  const result = v.safeParse(failoverConfigSchema, config, { abortPipeEarly: true });
  if (!result.success) throw new ConfigError(issueLines(result.issues));
  const problems = [vertexProblems, roleNameProblems, teamProblems].flatMap((find) => find(result.output));
  if (problems.length > 0) throw new ConfigError(problems);
  return result.output;
}

function vertexProblems({ chain, google }: FailoverConfig): string[] {
  const at = chain.findIndex(({ host }) => host === 'vertex');
  if (at < 0 || google !== undefined) return [];
  return [`google: missing; chain[${at}] is a Vertex host and needs { projectId, projectNumber } of its project`];
}

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
