import { BigqueryDataset } from '@cdktf/provider-google/lib/bigquery-dataset';
import { BigqueryDatasetIamMember } from '@cdktf/provider-google/lib/bigquery-dataset-iam-member';
import { LoggingProjectSink } from '@cdktf/provider-google/lib/logging-project-sink';
import { ProjectIamAuditConfig } from '@cdktf/provider-google/lib/project-iam-audit-config';
import { Construct } from 'constructs';
import type { GoogleLogSink, GoogleProject } from '../hosts/vertex/google-project';
import type { Apis } from './apis';

interface AuditTrailProps extends GoogleProject {
  readonly apis: Apis;
}

const VERTEX = 'aiplatform.googleapis.com';
const DAY_MS = 86_400_000;

/** Who called which model, and where that is kept. */
export class AuditTrail extends Construct {
  constructor(scope: Construct, id: string, props: AuditTrailProps) {
    super(scope, id);
    const { projectId: project, apis, logSink } = props;
    new ProjectIamAuditConfig(this, 'Calls', {
      project,
      service: VERTEX,
      auditLogConfig: [{ logType: 'DATA_READ' }, { logType: 'DATA_WRITE' }],
      dependsOn: apis.needed('cloudresourcemanager'),
    });
    if (logSink !== undefined) this.keep(logSink, props);
  }

  private keep(
    { location, datasetId = 'claude_failover_audit', retentionDays }: GoogleLogSink,
    props: AuditTrailProps,
  ) {
    const { projectId: project, apis, labels = { app: 'claude-failover' } } = props;
    const dataset = new BigqueryDataset(this, 'Dataset', {
      project,
      datasetId,
      location,
      description: 'Who called Claude on Vertex AI',
      labels: { ...labels },
      ...(retentionDays !== undefined && { defaultPartitionExpirationMs: retentionDays * DAY_MS }),
      // Records outlive what made them, so that a dataset with records stops its own deletion.
      deleteContentsOnDestroy: false,
      dependsOn: apis.needed('bigquery'),
    });
    const sink = new LoggingProjectSink(this, 'Sink', {
      project,
      name: datasetId.replaceAll('_', '-'),
      description: 'Who called Claude on Vertex AI',
      destination: `bigquery.googleapis.com/${dataset.id}`,
      filter: `log_id("cloudaudit.googleapis.com/data_access") AND protoPayload.serviceName="${VERTEX}"`,
      uniqueWriterIdentity: true,
      bigqueryOptions: { usePartitionedTables: true },
      dependsOn: apis.needed('logging'),
    });
    new BigqueryDatasetIamMember(this, 'SinkMayWrite', {
      project,
      datasetId: dataset.datasetId,
      role: 'roles/bigquery.dataEditor',
      member: sink.writerIdentity,
    });
  }
}
