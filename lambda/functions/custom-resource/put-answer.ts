/** To the address that CloudFormation waits at. */
export async function putAnswer(url: string, body: string): Promise<void> {
  const { ok, status } = await fetch(url, { method: 'PUT', body });
  if (!ok) throw new Error(`CloudFormation's address answered ${status}`);
}
