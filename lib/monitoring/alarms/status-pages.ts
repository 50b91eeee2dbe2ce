/** Where hosts say how they are. For people to read: nothing is decided by them. */
export const STATUS_PAGES: Readonly<Record<string, string>> = {
  Anthropic: 'https://status.claude.com',
  AWS: 'https://health.aws.amazon.com/health/status',
  'Google Cloud': 'https://status.cloud.google.com',
};
