/**
 * Public images by the digest of their list of platforms. Read on 2026-11-28 from public repositories that pin the same names; no registry
 * was asked, so a first deployment is what confirms them.
 */
export const IMAGES = {
  /** Node.js 24 on Debian, as the Node.js project publishes it. */
  node: 'public.ecr.aws/docker/library/node:24-slim@sha256:242549cd46785b480c832479a730f4f2a20865d61ea2e404fdb2a5c3d3b73ecf',
  /** The AWS CLI, which fetches the code and ends. */
  awsCli: 'public.ecr.aws/aws-cli/aws-cli@sha256:e8467f2c319f9bc9a1471808a69949a76915e9c95eaf4a09ece9f9e85fd32747',
} as const;
