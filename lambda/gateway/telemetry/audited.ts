import type { Audit } from '../audit/audit';
import type { Telemetry } from './telemetry';

/** Whatever is told of requests stands in the audit trail as well. */
export function audited(telemetry: Telemetry, audit: Promise<Audit>): Telemetry {
  const tell = (what: (audit: Audit) => unknown): void => void audit.then(what);
  const { observer } = telemetry;
  return {
    ...telemetry,
    observer: {
      ...observer,
      attempt(record) {
        observer.attempt(record);
        tell((to) => to.attempt(record));
      },
    },
    request(record, asked) {
      telemetry.request(record);
      tell((to) => to.request(record, asked));
    },
    refused(request, status, denial) {
      telemetry.refused(request, status, denial);
      tell((to) => to.refused(request, status));
    },
    close() {
      telemetry.close();
      tell((to) => to.close());
    },
  };
}
