import type { AwsCall } from './aws-calls';
import type { Asked } from './access';

const objectArn = (bucket: string, key: string): string => `arn:aws:s3:::${bucket}/${decodeURIComponent(key)}`;
const PATH = /^\/([^/]+)\/?(.*)$/;
/** By method and what the query names; with a path of its own each is of an object, without one of the bucket. */
const OF_OBJECT: Readonly<Record<string, string>> = { GET: 's3:GetObject', HEAD: 's3:GetObject', PUT: 's3:PutObject' };

/** What a call to S3 asks IAM for. */
export function s3Asks({ request }: AwsCall): Asked[] {
  const { method, query, headers } = request;
  const [, bucket = '', key = ''] = PATH.exec(request.path) ?? [];
  if (key === '') {
    // Objects that are deleted by a list are asked about each; here, as one that any of them could be.
    const resource = `arn:aws:s3:::${bucket}${query.has('delete') ? '/any' : ''}`;
    return [{ action: bucketAction(method, query), resource }];
  }
  const [, from = '', source = ''] = PATH.exec(`/${(headers['x-amz-copy-source'] ?? '').replace(/^\//, '')}`) ?? [];
  const read = source === '' ? [] : [{ action: 's3:GetObject', resource: objectArn(from, source) }];
  const version = query.has('versionId') ? 'Version' : '';
  const action = method === 'DELETE' ? `s3:DeleteObject${version}` : OF_OBJECT[method];
  if (action === undefined) throw new Error(`no rule says what s3 ${method} of an object asks IAM for`);
  return [...read, { action, resource: objectArn(bucket, key) }];
}

function bucketAction(method: string, query: URLSearchParams): string {
  if (method === 'GET' && query.has('list-type')) return 's3:ListBucket';
  if (method === 'GET' && query.has('versions')) return 's3:ListBucketVersions';
  if (method === 'GET' && query.has('tagging')) return 's3:GetBucketTagging';
  if (method === 'GET' && query.has('policy')) return 's3:GetBucketPolicy';
  if (method === 'PUT' && query.has('policy')) return 's3:PutBucketPolicy';
  if (method === 'POST' && query.has('delete')) return 's3:DeleteObjectVersion';
  throw new Error(`no rule says what s3 ${method} ?${query.toString()} of a bucket asks IAM for`);
}
