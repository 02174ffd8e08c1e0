# The service as an image. Nothing is built: Node runs the sources. test/image.test.ts performs these steps without Docker.
ARG NODE=node:24.21-slim

FROM ${NODE} AS dependencies
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# npm's postinstall applies them.
COPY patches patches
RUN npm ci --omit=dev
# Weights of fonts that src/charts/fonts.ts does not register, some 60 MB. Drawing fails where one that it
# does is missing.
RUN find node_modules/@embedpdf -name '*.[ot]tf' ! -name '*-Regular.*' ! -name '*-Bold.*' -delete
RUN find node_modules/@expo-google-fonts -name '*.ttf*' ! -name '*_[47]00[RB]*.ttf' -delete
RUN find node_modules/@openfonts -name '*.woff*' ! -name '*-[47]00.woff' -delete

FROM ${NODE}
ENV NODE_ENV=production
WORKDIR /app
COPY --from=dependencies /app/node_modules node_modules
COPY package.json ./
COPY schema schema
COPY bots bots
COPY src src
USER node
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT || 8080}/healthz`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
# Node itself, so that it gets the signals.
CMD ["node", "src/main.ts"]
