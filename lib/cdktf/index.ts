export type { GoogleBudget, GoogleLogSink, GoogleProject, GoogleQuota } from '../google-project';
export type { VertexPlace } from '../models/vertex-regions';
export { Residency } from '../residency';
export { synthVertexAccess, VertexAccessStack } from './synth-vertex-access';
export { VertexAccess } from './vertex-access';
export type { VertexAccessProps } from './vertex-access-props';
