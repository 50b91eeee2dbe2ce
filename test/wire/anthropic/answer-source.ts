import type { AnswerSource } from '../../../lambda/engine/answer';
import type { HostAnswer } from '../../../lambda/engine/host';
import type { AttemptSignal } from '../../../lambda/engine/time/attempt-signal';
import type { Silence } from '../../../lambda/engine/time/silence';
import { HOST_ERRORS } from '../../../lambda/hosts/errors/every-error';
import { ANTHROPIC_DIALECT } from '../../../lambda/wire/anthropic/dialect';
import { ANTHROPIC, judge } from './error-fixture';

/** What an attempt at a host called `anthropic` gives its reader. */
export function answerSource(opened: HostAnswer, watch: AttemptSignal, silence: Silence): AnswerSource {
  return {
    opened,
    endpoint: 'messages',
    stream: true,
    holdsWhole: false,
    heedsRefusal: false,
    mayCommit: () => true,
    watch,
    idleMs: 30_000,
    silence,
    failureOf: (data, hasBegun) => ({
      kind: 'stream',
      headers: opened.headers,
      hasBegun,
      ...HOST_ERRORS.readEvent(data),
    }),
    counted: () => {},
    thrown: (error) =>
      watch.timedOut
        ? { kind: 'timeout', timer: watch.timedOut }
        : { kind: 'connection', message: String(error), elapsedMs: 0 },
    lastWords: (failure) =>
      ANTHROPIC_DIALECT.errorEvent(
        ANTHROPIC_DIALECT.failure({ host: 'anthropic', failure, ...judge(failure, ANTHROPIC) }, 'gw_1'),
      ),
  };
}
