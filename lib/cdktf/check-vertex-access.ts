import type { IConstruct } from 'constructs';
import { FORMS } from '../contract';
import { resolveModels } from '../catalog/resolve';
import { type VertexPlace, vertexRegionProblem } from '../catalog/vertex-regions';
import { googlePlace } from '../catalog/places';
import { residencyLeft, whoLeaves } from '../router/chain/residency-text';
import { ValidationError } from '../validation-error';
import { VERTEX_FORMS } from '../hosts/vertex/vertex-forms';
import { Residency } from '../router/residency';
import type { VertexAccessProps } from './vertex-access-props';

const CHECKED = [
  'projectId',
  'projectNumber',
  'poolId',
  'providerId',
  'serviceAccountId',
  'predictRole',
  'account',
] as const;

/** Stops at what Google would refuse, and at what the AWS stack refuses. */
export function checkVertexAccess(scope: IConstruct, props: VertexAccessProps): void {
  const { hosts = [{ location: 'global' }], residency = Residency.ANYWHERE } = props;
  const problems = [
    ...CHECKED.map((prop) => formProblem(prop, props[prop])),
    ...props.roleNames.map(roleNameProblem),
    props.roleNames.length === 0 ? "'roleNames' must name at least one AWS role, or nobody would be let in" : undefined,
    ...(props.jobsBuckets ?? []).map((bucket) => formProblem('jobsBucket', bucket)),
    ...hosts.map(({ location }) => formProblem('location', location)),
    residencyProblem(residency, hosts),
    ...hosts.map((host) => modelsProblem(host, props.models)),
  ].filter((problem) => problem !== undefined);
  if (problems.length > 0) throw new ValidationError(scope, problems.join('\n'));
}

function formProblem(prop: keyof typeof VERTEX_FORMS, value: string | undefined): string | undefined {
  const [form, right] = VERTEX_FORMS[prop];
  return value === undefined || form.test(value) ? undefined : `'${prop}' must be ${right}, got '${value}'`;
}

function roleNameProblem(name: string): string | undefined {
  const [form, right] = FORMS.roleName;
  if (form.test(name)) return undefined;
  return `'roleNames' must be names of AWS roles, ${right}, got '${name}'`;
}

function residencyProblem(residency: Residency, hosts: readonly VertexPlace[]): string | undefined {
  const left = hosts.flatMap(({ location }) =>
    whoLeaves(`the Vertex host in '${location}'`, residency._outside([googlePlace(location)])),
  );
  return left.length === 0 ? undefined : residencyLeft(residency.name, left);
}

/** Models that Vertex does not have are other hosts' business, unless there are no others. */
function modelsProblem(host: VertexPlace, names: readonly string[]): string | undefined {
  const own = Object.keys(host.modelIds ?? {});
  try {
    const { models } = resolveModels(names.map((name) => (own.includes(name) ? { id: name, on: {} } : name)));
    const served = models.filter(({ id, on }) => on.vertex !== undefined || own.includes(id));
    if (served.length > 0) return vertexRegionProblem(host, served);
    return `'models': Vertex has none of ${names.join(', ')}; add one that it has, such as claude-opus-5-5`;
  } catch (error) {
    return `'models': ${error instanceof Error ? error.message : String(error)}`;
  }
}
