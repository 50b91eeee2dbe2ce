import { Stack } from 'aws-cdk-lib';
import * as glue from 'aws-cdk-lib/aws-glue';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { AUDIT_PREFIXES } from '../../contract';
import { AuditFormat } from './audit-trail-props';
import { COLUMNS, PARTITIONS } from './columns';

const JSON_STORAGE = {
  inputFormat: 'org.apache.hadoop.mapred.TextInputFormat',
  outputFormat: 'org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat',
  serdeInfo: { serializationLibrary: 'org.openx.data.jsonserde.JsonSerDe' },
};
const PARQUET_STORAGE = {
  inputFormat: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat',
  outputFormat: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat',
  serdeInfo: { serializationLibrary: 'org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe' },
};

/** The trail as a table. Its partitions follow from their names, so that nothing has to look for new ones. */
export class TrailTable extends Construct {
  public readonly databaseName: string;
  public readonly tableName = 'audit';
  public readonly table: glue.CfnTable;

  constructor(scope: Construct, id: string, bucket: s3.IBucket, format: AuditFormat) {
    super(scope, id);
    const { account: catalogId } = Stack.of(this);
    const database = new glue.CfnDatabase(this, 'Database', {
      catalogId,
      databaseInput: { description: 'Who has asked a Claude failover gateway for what' },
    });
    this.databaseName = database.ref;
    const location = bucket.s3UrlForObject(AUDIT_PREFIXES.records);
    this.table = new glue.CfnTable(this, 'Table', {
      catalogId,
      databaseName: database.ref,
      tableInput: {
        name: this.tableName,
        description: 'One record a request, act, begin and end of a writer',
        tableType: 'EXTERNAL_TABLE',
        parameters: {
          classification: format === AuditFormat.PARQUET ? 'parquet' : 'json',
          'projection.enabled': 'true',
          ...Object.fromEntries(
            PARTITIONS.flatMap(([name, range, digits]) => [
              [`projection.${name}.type`, 'integer'],
              [`projection.${name}.range`, range],
              [`projection.${name}.digits`, String(digits)],
            ]),
          ),
          'storage.location.template': `${location}${PARTITIONS.map(([name]) => `${name}=\${${name}}`).join('/')}/`,
        },
        partitionKeys: PARTITIONS.map(([name]) => ({ name, type: 'int' })),
        storageDescriptor: {
          ...(format === AuditFormat.PARQUET ? PARQUET_STORAGE : JSON_STORAGE),
          location,
          columns: COLUMNS.map(([name, type, comment]) => ({ name, type, ...(comment !== '' && { comment }) })),
        },
      },
    });
  }
}
