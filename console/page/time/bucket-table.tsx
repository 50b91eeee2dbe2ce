import type { Series } from '../../source';
import { count, dayClock, milliseconds, usd } from '../format';

const HEAD = ['From', 'Requests', 'Failed', 'Rescued', 'First content p95', 'Cost', 'Answered by', 'Failures of hosts'];

const listed = (values: Readonly<Record<string, number>>): string =>
  Object.entries(values)
    .map(([name, times]) => `${name} ${count(times)}`)
    .join(', ');

/** The charts for whoever does not see them: steps in which something happened. */
export function BucketTable({ series }: { readonly series: Series }) {
  const steps = series.buckets.filter(({ requests }) => requests > 0);
  return (
    <details class="panel bucket-table">
      <summary>As a table: {count(steps.length)} steps with requests</summary>
      <div class="scroll" tabIndex={0} role="region" aria-label="The steps as a table">
        <table>
          <thead>
            <tr>
              {HEAD.map((name) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {steps.map(({ at, requests, failed, failovers, firstContent, costUsd, answers, reasons }) => (
              <tr key={at}>
                <td>{dayClock(at)}</td>
                <td>{count(requests)}</td>
                <td>{count(failed)}</td>
                <td>{count(failovers)}</td>
                <td>{firstContent ? milliseconds(firstContent.p95) : '–'}</td>
                <td>{usd(costUsd)}</td>
                <td>{listed(answers)}</td>
                <td>{listed(reasons)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
