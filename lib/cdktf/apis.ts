import { ProjectService } from '@cdktf/provider-google/lib/project-service';
import { Construct } from 'constructs';

/** APIs of a project, each enabled once, for whoever needs it first. */
export class Apis extends Construct {
  private readonly enabled = new Map<string, ProjectService>();

  constructor(
    scope: Construct,
    id: string,
    private readonly project: string,
  ) {
    super(scope, id);
  }

  /** To be depended on: what is made with an API has to wait for it. */
  public needed(...names: string[]): ProjectService[] {
    return names.map((name) => this.enabled.get(name) ?? this.enable(name));
  }

  private enable(name: string): ProjectService {
    const api = new ProjectService(this, name, {
      project: this.project,
      service: `${name}.googleapis.com`,
      // The project may have needed it before, and may need it after.
      disableOnDestroy: false,
    });
    this.enabled.set(name, api);
    return api;
  }
}
