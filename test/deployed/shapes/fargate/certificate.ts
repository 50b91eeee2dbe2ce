import { callJson } from '../../emulator/call-json';
import type { Emulator } from '../../emulator/start-emulator';

/** As an owner does before the first deployment; its ARN. */
export async function requestCertificate({ url }: Emulator, DomainName: string): Promise<string> {
  const target = 'CertificateManager.RequestCertificate';
  const { CertificateArn } = await callJson<{ CertificateArn: string }>(url, 'acm', target, { DomainName });
  return CertificateArn;
}
