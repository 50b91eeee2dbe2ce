/** Cross-region inference profiles: where Bedrock may run a request. Each has a quota of its own in each source region. */
export enum BedrockProfile {
  /** Any commercial region; about 10 % cheaper than the geographic ones. */
  GLOBAL = 'global',
  /** United States. Callable from the regions there and in Canada. */
  US = 'us',
  /** European regions. */
  EU = 'eu',
  /** Tokyo and Osaka. */
  JP = 'jp',
  /** Sydney and Melbourne. */
  AU = 'au',
  /** Asia Pacific; models up to Claude 4 only. */
  APAC = 'apac',
  /** AWS GovCloud (US). */
  US_GOV = 'us-gov',
}
