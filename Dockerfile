# 公示栏 in one container: non-root, read-only root file system, everything that changes in /data.
#
#   docker build -t gongshilan .
#   docker run --read-only --volume gongshilan:/data --publish 8000:8000 gongshilan
#   docker run --read-only --volume demo:/data --publish 8000:8000 gongshilan demo
#
# The steps are the Makefile's own (tools/pwa.sh, tools/venv.sh). Behind a mirror: --build-arg for each image
# below, and --build-arg PIP_INDEX_URL / NPM_CONFIG_REGISTRY.
ARG NODE_IMAGE=node:22-bookworm-slim
ARG PYTHON_IMAGE=python:3.13-slim-bookworm

# ---- the front end: pwa/dist
FROM ${NODE_IMAGE} AS front
ARG NPM_CONFIG_REGISTRY
WORKDIR /app
COPY tools tools
COPY pwa/package.json pwa/package-lock.json pwa/.npmrc pwa/
RUN tools/pwa.sh install
COPY schemas schemas
COPY pwa pwa
RUN tools/pwa.sh build

# ---- the server and what it needs: /app/.venv
FROM ${PYTHON_IMAGE} AS back
ARG PIP_INDEX_URL
WORKDIR /app
COPY tools tools
COPY pyproject.toml requirements.txt requirements-pip.txt LICENSE ./
COPY server server
RUN tools/venv.sh run && .venv/bin/python -m compileall -q server .venv

# ---- what runs
FROM ${PYTHON_IMAGE} AS gongshilan
# Posters as PDF are set in it.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends fonts-noto-cjk \
    && rm -rf /var/lib/apt/lists/*
RUN useradd --system --uid 10001 --home-dir /data --shell /usr/sbin/nologin gongshilan \
    && install -d -o gongshilan -g gongshilan /data
COPY --from=back /app /app
COPY schemas /app/schemas
COPY seeds /app/seeds
COPY --from=front /app/pwa/dist /app/pwa/dist
ENV PATH=/app/.venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    GONGSHILAN_HOST=0.0.0.0 \
    GONGSHILAN_PORT=8000 \
    GONGSHILAN_DATABASE_URL=sqlite:///data/gongshilan.db \
    GONGSHILAN_PHOTOS=/data/photos \
    GONGSHILAN_UPLOADS=/data/uploads \
    GONGSHILAN_RECEIPT_KEY=/data/receipt.key \
    GONGSHILAN_HOUSEHOLD_KEY=/data/household.key
USER 10001
# Temporary files go to the working directory when /tmp is read-only, so it is the one place that is not.
WORKDIR /data
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=3 CMD ["python", "-c", \
  "import os, urllib.request as u; u.urlopen(f'http://127.0.0.1:{os.environ[\"GONGSHILAN_PORT\"]}/healthz', timeout=4)"]
ENTRYPOINT ["gongshilan"]
CMD ["serve"]
