export type { GoogleBudget, GoogleLogSink, GoogleProject, GoogleQuota } from '../hosts/vertex/google-project';
export type { VertexPlace } from '../catalog/vertex-regions';
export { Residency } from '../router/residency';
export { synthVertexAccess, VertexAccessStack } from './synth-vertex-access';
export { VertexAccess } from './vertex-access';
export type { VertexAccessProps } from './vertex-access-props';
