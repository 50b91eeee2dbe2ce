/** What tools have to know of a gateway that runs: from the outputs of its stack, or from `npm start` as `GET /stack.json`. */
export interface StackDescription {
  /** Base URL for Anthropic SDKs. */
  readonly url: string;
  readonly region: string;
  readonly healthTable: {
    readonly name: string;
    /** @default - AWS's own in the region */
    readonly endpoint?: string;
  };
  /** A gateway key. @default - the one that the command among the outputs prints */
  readonly key?: string;
}

/** Keys of the outputs of the stack in `bin/gateway-stack.ts`: CDK puts a hash behind those that come from within the gateway. */
export const STACK_OUTPUTS = {
  url: /^GatewayUrl[0-9A-F]{8}$/,
  firstKeyCommand: /^GatewayFirstKeyCommand[0-9A-F]{8}$/,
  healthTable: /^HealthTableName$/,
} as const;
