import { gunzipSync } from 'node:zlib';
import type { DeleteMarkerEntry, ListObjectVersionsCommandOutput, ObjectVersion, S3Client } from '@aws-sdk/client-s3';
import { AUDIT_PREFIXES } from '../../lib/contract';
import { grouped } from './grouped';
import type { Finding } from './verdict';
import { type FoundRecord, readRecord } from './trail-record';

export interface Trail {
  readonly objects: number;
  /** In the order in which they were delivered. */
  readonly records: readonly FoundRecord[];
  readonly findings: readonly Finding[];
}

interface Version {
  readonly key: string;
  readonly id: string | undefined;
  readonly at: number;
  /** It only hides those before it. */
  readonly isMarker: boolean;
}

const HOUR_MS = 3_600_000;
const AT_A_TIME = 8;

/** All that has arrived in the hours from one time to another, of every object what was written first. */
export async function readTrail(s3: S3Client, bucket: string, from: number, to: number): Promise<Trail> {
  const findings: Finding[] = [];
  const firsts: Version[] = [];
  for (const prefix of prefixes(from, to)) {
    const versions = grouped(await versionsOf(s3, bucket, prefix), ({ key }) => key);
    for (const [key, all] of versions) {
      const written = all.filter(({ isMarker }) => !isMarker).sort((one, other) => one.at - other.at);
      if (all.some(({ isMarker }) => isMarker))
        findings.push({ what: 'hidden', text: `${key}: a delete marker hides it` });
      if (written.length > 1)
        findings.push({ what: 'changed', text: `${key}: it was written over ${written.length - 1} times` });
      firsts.push(...written.slice(0, 1));
    }
  }
  findings.push(...(await undelivered(s3, bucket, from, to)));
  const records: FoundRecord[] = [];
  for (let at = 0; at < firsts.length; at += AT_A_TIME) {
    const read = await Promise.all(firsts.slice(at, at + AT_A_TIME).map((version) => linesOf(s3, bucket, version)));
    for (const { key, lines } of read) {
      for (const [index, line] of lines.entries()) {
        const found = readRecord(parsed(line), key);
        if (found) records.push(found);
        else findings.push({ what: 'unreadable', text: `${key}, line ${index + 1}: it is no record` });
      }
    }
  }
  return { objects: firsts.length, records, findings };
}

/** `records/year=2026/month=11/day=28/hour=17/` */
function prefixes(from: number, to: number): string[] {
  const found: string[] = [];
  for (let at = Math.floor(from / HOUR_MS) * HOUR_MS; at <= to; at += HOUR_MS) {
    const [year, month, day, hour] = new Date(at).toISOString().split(/[-T:]/);
    found.push(`${AUDIT_PREFIXES.records}year=${year}/month=${month}/day=${day}/hour=${hour}/`);
  }
  return found;
}

async function versionsOf(s3: S3Client, Bucket: string, Prefix: string): Promise<Version[]> {
  const { ListObjectVersionsCommand } = await import('@aws-sdk/client-s3');
  const found: Version[] = [];
  let next: { KeyMarker?: string; VersionIdMarker?: string } | undefined = {};
  while (next !== undefined) {
    const page: ListObjectVersionsCommandOutput = await s3.send(
      new ListObjectVersionsCommand({ Bucket, Prefix, ...next }),
    );
    found.push(...(page.Versions ?? []).map(versionOf(false)), ...(page.DeleteMarkers ?? []).map(versionOf(true)));
    const { IsTruncated: isMore, NextKeyMarker: KeyMarker, NextVersionIdMarker: VersionIdMarker } = page;
    next =
      isMore === true ? { ...(KeyMarker && { KeyMarker }), ...(VersionIdMarker && { VersionIdMarker }) } : undefined;
  }
  return found.sort((one, other) => one.at - other.at);
}

const versionOf =
  (isMarker: boolean) =>
  ({ Key = '', VersionId: id, LastModified }: ObjectVersion | DeleteMarkerEntry): Version => ({
    key: Key,
    id,
    at: LastModified?.getTime() ?? 0,
    isMarker,
  });

async function linesOf(s3: S3Client, Bucket: string, { key, id }: Version): Promise<{ key: string; lines: string[] }> {
  const { GetObjectCommand } = await import('@aws-sdk/client-s3');
  const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key: key, VersionId: id }));
  const bytes = (await Body?.transformToByteArray()) ?? new Uint8Array();
  // By its first two bytes: whoever has moved an object may have unpacked it.
  const text = Buffer.from(bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes).toString();
  return { key, lines: text.split('\n').filter((line) => line !== '') };
}

/** What Firehose could make nothing of lies apart, and is in no chain that is looked at. */
async function undelivered(s3: S3Client, bucket: string, from: number, to: number): Promise<Finding[]> {
  const found = await versionsOf(s3, bucket, AUDIT_PREFIXES.errors);
  return found
    .filter(({ at, isMarker }) => !isMarker && at >= from && at <= to + HOUR_MS)
    .map(({ key }) => ({ what: 'unreadable', text: `${key}: Firehose could not deliver what is in it` }));
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
