# syntax=docker/dockerfile:1
# One image for all processes; docs/deploy.md says how to run it.

FROM python:3.13-slim-bookworm AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PYTHONDONTWRITEBYTECODE=1
RUN python -m venv /opt/marsad
COPY requirements.lock /tmp/requirements.lock
RUN /opt/marsad/bin/pip install --require-hashes --only-binary=:all: --no-deps -r /tmp/requirements.lock
COPY worker /opt/marsad/app/worker
COPY tasks /opt/marsad/app/tasks
COPY config /opt/marsad/app/config
# A path file and the console script put the project into the environment without a build backend.
RUN echo /opt/marsad/app > /opt/marsad/lib/python3.13/site-packages/marsad.pth \
    && printf '%s\n' '#!/opt/marsad/bin/python' 'from worker.cli import main' 'main()' > /opt/marsad/bin/marsad \
    && chmod 755 /opt/marsad/bin/marsad \
    && /opt/marsad/bin/python -m compileall -q /opt/marsad/app \
    && MARSAD_HOME=/tmp MARSAD_CACHE_DIR=/opt/marsad/cache /opt/marsad/bin/marsad lexicon compile

FROM python:3.13-slim-bookworm
LABEL org.opencontainers.image.title="marsad" \
      org.opencontainers.image.description="Watches the news for security incidents in Iraq, and alerts" \
      org.opencontainers.image.licenses="Apache-2.0"
RUN groupadd --gid 10001 marsad \
    && useradd --uid 10001 --gid marsad --no-create-home --home-dir /data --shell /usr/sbin/nologin marsad \
    && install -d -o marsad -g marsad -m 700 /data
COPY --from=build /opt/marsad /opt/marsad
ENV PATH=/opt/marsad/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    HOME=/data \
    MARSAD_HOME=/data \
    MARSAD_CACHE_DIR=/opt/marsad/cache \
    MARSAD_WEB_HOST=0.0.0.0 \
    MPLCONFIGDIR=/tmp/matplotlib
USER 10001:10001
WORKDIR /data
VOLUME ["/data"]
EXPOSE 8642
STOPSIGNAL SIGTERM
# The tick is the pulse of the whole service; processes of their own override this where they know better.
HEALTHCHECK --interval=60s --timeout=20s --start-period=60s --retries=3 CMD ["marsad", "status", "--check"]
ENTRYPOINT ["marsad"]
# Without arguments: everything in one container, on SQLite and the bundled server.
CMD ["up"]
