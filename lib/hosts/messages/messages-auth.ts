import type { IProviderKey } from '../provider-key';

/** How AWS is told who asks. */
export interface MessagesSignatureProps {
  /** Name of the service in signatures, such as `bedrock-agentcore`. */
  readonly service: string;
  /** Region of the service, such as `us-east-1`. */
  readonly region: string;
}

/** How a server that speaks Anthropic Messages knows who asks. */
export class MessagesAuth {
  /** `authorization: Bearer`, by one of these keys. */
  public static bearer(keys: IProviderKey[]): MessagesAuth {
    return new MessagesAuth('bearer', keys);
  }

  /** `x-api-key`, by one of these keys. */
  public static apiKey(keys: IProviderKey[]): MessagesAuth {
    return new MessagesAuth('x-api-key', keys);
  }

  /** The router's AWS role signs. What the role then may do there is yours to grant, by `grantPrincipal` of the router. */
  public static signature(props: MessagesSignatureProps): MessagesAuth {
    return new MessagesAuth({ sigv4: props.service, region: props.region });
  }

  /** Nobody is asked: a server of your own, in a network of your own. */
  public static none(): MessagesAuth {
    return new MessagesAuth('none');
  }

  private constructor(
    /** @internal */
    public readonly _auth: 'bearer' | 'x-api-key' | 'none' | { readonly sigv4: string; readonly region: string },
    /** @internal */
    public readonly _keys?: readonly IProviderKey[],
  ) {}
}
