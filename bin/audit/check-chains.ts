import { grouped } from './grouped';
import type { Finding, Verdict } from './verdict';
import type { FoundRecord } from './trail-record';
import type { KnownHead } from './heads';

type Chains = Omit<Verdict, 'objects'>;

/** Whether every chain is whole, from the records in the order in which they were delivered and what is known of the chains' ends. */
export function checkChains(records: readonly FoundRecord[], heads: readonly KnownHead[]): Chains {
  const ofWriters = grouped(records, ({ record }) => record.writer);
  const headOf = new Map(heads.map((head) => [head.writer, head]));
  const chains = [...ofWriters].map(([writer, found]) => checkChain(writer, found, headOf.get(writer)));
  const unseen = heads.filter(({ writer }) => !ofWriters.has(writer));
  const sum = (of: (chain: Chain) => number): number => chains.reduce((all, chain) => all + of(chain), 0);
  return {
    records: records.length,
    writers: ofWriters.size,
    ended: sum(({ hasEnded }) => Number(hasEnded)),
    confirmed: sum(({ isConfirmed }) => Number(isConfirmed)),
    continued: sum(({ isContinued }) => Number(isContinued)),
    duplicates: sum(({ duplicates }) => duplicates),
    late: sum(({ late }) => late),
    findings: [
      ...chains.flatMap(({ findings }) => findings),
      ...unseen.map(({ writer, seq, source }) =>
        missing(`writer ${writer}: nothing is here of it, and ${source} knows of records up to ${seq}`),
      ),
    ],
  };
}

interface Chain {
  readonly hasEnded: boolean;
  readonly isConfirmed: boolean;
  readonly isContinued: boolean;
  readonly duplicates: number;
  readonly late: number;
  readonly findings: readonly Finding[];
}

function checkChain(writer: string, found: readonly FoundRecord[], head: KnownHead | undefined): Chain {
  const findings: Finding[] = [];
  const at = (seq: number): string => `writer ${writer}, record ${seq}`;
  for (const { record, place, isSound } of found) {
    if (!isSound) findings.push(changed(`${at(record.seq)} in ${place}: what stands there is not what was sealed`));
  }
  const kept = new Map<number, FoundRecord>();
  let duplicates = 0;
  let late = 0;
  let furthest = -1;
  for (const each of found) {
    const { seq, hash } = each.record;
    const same = kept.get(seq);
    if (same === undefined) {
      kept.set(seq, each);
      if (seq < furthest) late += 1;
    } else if (same.record.hash === hash) duplicates += 1;
    else findings.push(changed(`${at(seq)}: there are two of it that differ, in ${same.place} and ${each.place}`));
    furthest = Math.max(furthest, seq);
  }
  const ordered = [...kept.values()].sort((one, other) => one.record.seq - other.record.seq);
  for (const [index, { record, place }] of ordered.entries()) {
    const before = ordered[index - 1]?.record;
    if (before === undefined) {
      if (record.seq === 0 && record.prev !== undefined) {
        findings.push(changed(`${at(0)} in ${place}: it is the first, and names one before it`));
      }
    } else if (record.seq > before.seq + 1) {
      findings.push(
        missing(`writer ${writer}: ${range(before.seq + 1, record.seq - 1)} between ${before.at} and ${record.at}`),
      );
    } else if (record.prev !== before.hash) {
      findings.push(
        changed(`${at(record.seq)} in ${place}: it was sealed after another record ${before.seq} than the one here`),
      );
    }
    if (before?.ends === true) findings.push(changed(`${at(record.seq)} in ${place}: its writer had ended before it`));
  }
  const first = ordered[0]!.record;
  const last = ordered.at(-1)!.record;
  if (head !== undefined && head.seq > last.seq) {
    findings.push(missing(`writer ${writer}: ${range(last.seq + 1, head.seq)} after ${last.at}, by ${head.source}`));
  }
  const known = head && kept.get(head.seq)?.record;
  if (head !== undefined && known !== undefined && known.hash !== head.hash) {
    findings.push(changed(`${at(head.seq)}: it is not the one that ${head.source} tells of`));
  }
  const hasEnded = last.ends === true;
  return {
    hasEnded,
    isConfirmed: !hasEnded && head?.seq === last.seq && head.hash === last.hash,
    isContinued: first.seq > 0,
    duplicates,
    late,
    findings,
  };
}

const missing = (text: string): Finding => ({ what: 'missing', text });
const changed = (text: string): Finding => ({ what: 'changed', text });
const range = (from: number, to: number): string => (from === to ? `record ${from}` : `records ${from} to ${to}`);
