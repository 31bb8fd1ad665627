# syntax=docker/dockerfile:1
# torch 2.13.0 comes from the registry that pip is given. For a CPU without the CUDA packages, name an index that
# has torch's CPU builds: --build-arg PIP_EXTRA_INDEX_URL=... --build-arg TORCH=torch==2.13.0+cpu
FROM python:3.11-slim AS packages
ARG PIP_INDEX_URL PIP_EXTRA_INDEX_URL
ARG TORCH=torch==2.13.0
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
RUN python -m venv /opt/venv && /opt/venv/bin/pip install "$TORCH"
COPY requirements.lock /build/
RUN /opt/venv/bin/pip install --no-deps --require-hashes -r /build/requirements.lock
# What a memory or a reader of your own needs besides, such as EXTRA="gguf accelerate" for GGUF files (docs/admins.md).
ARG EXTRA=
RUN [ -z "$EXTRA" ] || /opt/venv/bin/pip install $EXTRA

FROM python:3.11-slim
RUN groupadd --gid 10001 nightbrief \
    && useradd --uid 10001 --gid 10001 --home-dir /tmp --no-create-home --shell /usr/sbin/nologin nightbrief \
    && install -d -o nightbrief -g nightbrief -m 700 /data /watched
COPY --from=packages /opt/venv /opt/venv
COPY manage.py LICENSE /app/
COPY scripts/health.py /app/scripts/
COPY consolidation /app/consolidation
COPY gpu_worker /app/gpu_worker
COPY readers /app/readers
COPY reviewapp /app/reviewapp
COPY vault /app/vault
COPY templates /app/templates
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    HOME=/tmp \
    HF_HUB_OFFLINE=1 \
    NIGHTBRIEF_DATA=/data \
    NIGHTBRIEF_BIND=0.0.0.0
WORKDIR /app
USER nightbrief
VOLUME /data
EXPOSE 8000
ENTRYPOINT ["python", "manage.py"]
CMD ["process", "web"]
