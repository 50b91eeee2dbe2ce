import { errorText } from '../../lambda/runtime/error-text';
import { problem, type Diagnosis } from './diagnosis';

export interface DoctorCheck {
  /** Column of the table: `hosts`. */
  readonly name: string;
  run(): Promise<readonly Diagnosis[]>;
}

export interface CheckedDiagnosis extends Diagnosis {
  readonly check: string;
}

/** One check after the other; one that cannot be made is a finding too, and hides no other. */
export async function runDoctor(
  checks: readonly DoctorCheck[],
  progress: (name: string, found: readonly Diagnosis[] | undefined) => void,
): Promise<CheckedDiagnosis[]> {
  const all: CheckedDiagnosis[] = [];
  for (const { name, run } of checks) {
    progress(name, undefined);
    const found = await run().catch((error: unknown) => [
      problem(name, `could not be looked at: ${reason(error)}`, remedyFor(error)),
    ]);
    progress(name, found);
    all.push(...found.map((finding) => ({ check: name, ...finding })));
  }
  return all;
}

export const worst = (findings: readonly Diagnosis[]): Diagnosis['status'] =>
  findings.some(({ status }) => status === 'problem')
    ? 'problem'
    : findings.some(({ status }) => status === 'warning')
      ? 'warning'
      : 'ok';

/** AWS's clients put what went wrong into the name, and some leave the message empty. */
function reason(error: unknown): string {
  const name = error instanceof Error && error.name !== 'Error' ? `${error.name}: ` : '';
  return `${name}${errorText(error)}`;
}

function remedyFor(error: unknown): string {
  const name = error instanceof Error ? error.name : '';
  if (/credential|token|signature/i.test(name)) return 'Sign in to AWS (`aws sts get-caller-identity` has to work)';
  if (/access|authoriz/i.test(name))
    return 'Run the doctor as somebody who may read this; the missing right is named beside';
  return 'Check the network and the region, then run the doctor again';
}
