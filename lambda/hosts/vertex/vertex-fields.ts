import type { FittedRequest } from '../fitted-request';

/** A request's body, with the version in it, and without the model and the way of answering, which stand elsewhere. */
export function vertexFields({ fields, version }: Pick<FittedRequest, 'fields' | 'version'>): object {
  const { model: _model, stream: _stream, ...rest } = fields;
  const anthropic_version = version === undefined || version === '2023-06-01' ? 'vertex-2023-10-16' : version;
  return { ...rest, anthropic_version };
}
