# The sync worker as a process that runs for long, instead of the Lambda:
#   docker buildx build --platform linux/arm64 --tag octally-worker .
# Where to push it, and how it is deployed: docs/deploy.md, "The worker in a container".
# Its environment is the Lambda's (services/sync-worker/src/config.ts), and WORKER_CONCURRENCY (2). With BACKFILL_JOBS_QUEUE_URL it does
# the jobs as well, and needs what their Lambda needs (jobs-config.ts, packages/github/src/config.ts).

# On the builder's own processor, whatever the image is for: what is built is JavaScript, so nothing has to be emulated.
FROM --platform=$BUILDPLATFORM node:22-slim AS build
WORKDIR /octally
RUN npm install --global --no-audit --no-fund pnpm@12.21.0
COPY . .
# infra is not part of it, and twice as large as all the rest.
RUN CI=true pnpm install --frozen-lockfile '--filter=!@octally/infra' && node tools/build-container.ts && rm dist/worker-container/meta.json

FROM node:22-slim
ENV NODE_ENV=production NODE_OPTIONS=--enable-source-maps
WORKDIR /octally
COPY --from=build /octally/dist/worker-container ./
# The user without rights that the base image brings (node). Nothing is written: the root may be read-only.
USER 1000:1000
# Node is process 1 and gets SIGTERM itself: it finishes what is in hand (25 s at most: docker stop --time 30) and ends.
STOPSIGNAL SIGTERM
CMD ["node", "worker-container.mjs"]
