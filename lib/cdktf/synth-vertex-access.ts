import { GoogleProvider } from '@cdktf/provider-google/lib/provider';
import { App, LocalBackend, TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import { VertexAccess } from './vertex-access';
import type { VertexAccessProps } from './vertex-access-props';

/** Everything on Google's side, in a Terraform stack of its own. */
export class VertexAccessStack extends TerraformStack {
  public readonly access: VertexAccess;

  constructor(scope: Construct, id: string, props: VertexAccessProps) {
    super(scope, id);
    const { projectId: project, budget, quotas } = props;
    // At the root of the project, from where Terraform runs; its own default would be a path of this machine.
    new LocalBackend(this, { path: `../../../terraform.${id}.tfstate` });
    new GoogleProvider(this, 'Google', {
      project,
      // These two APIs count their calls against a project, which must be one where they are enabled.
      ...((budget ?? quotas) && { billingProject: project, userProjectOverride: true }),
    });
    this.access = new VertexAccess(this, 'Vertex', props);
  }
}

/** Writes the stack as Terraform's JSON, into `cdktf.out` unless CDKTF says otherwise. */
export function synthVertexAccess(stackName: string, props: VertexAccessProps): void {
  const app = new App();
  new VertexAccessStack(app, stackName, props);
  app.synth();
}
