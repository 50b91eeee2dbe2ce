# The router as a plain server. The image needs nothing but Node: what runs is one file, which `npm run build` makes and the package has.
ARG NODE_IMAGE=public.ecr.aws/docker/library/node:24.21.0-bookworm-slim
FROM ${NODE_IMAGE}

COPY lambda/functions/server/dist/index.mjs /app/index.mjs

# Nothing is written, so that the file system may be read-only, and nothing needs a name or a right. 1000 is `node` there.
USER 1000:1000
ENV NODE_ENV=production PORT=8080
EXPOSE 8080
STOPSIGNAL SIGTERM
# Whether the process answers, and not whether hosts do: a container that is replaced while they are down helps nobody.
HEALTHCHECK --interval=10s --timeout=2s --retries=3 CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/api/hello`).then(({ok}) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "/app/index.mjs"]
