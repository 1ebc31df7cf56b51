"""Starts the page on this computer: every flag named, our guard outside, gradio inside.

Knows no verb. Anything but this computer's own address needs a password.
"""

from __future__ import annotations

import asyncio
import logging
import warnings
from collections.abc import Callable

import gradio as gr
import uvicorn
from fastapi import FastAPI

from assistant.session import Session
from ui import app, assets, door, endpoint, guard

USER = "heed"  # the name that goes with the password


def site(session: Session, hosts: tuple[str, ...] = guard.LOOPBACK, password: str = "") -> FastAPI:
    """Our app outside, the page inside: middlewares inside gradio's would come after its CORS."""
    outside = FastAPI(
        middleware=guard.middleware(hosts), docs_url=None, redoc_url=None, openapi_url=None
    )

    @outside.get("/alive")
    def alive(chat: str | None = None) -> dict[str, str | int]:
        """What an open page asks every few seconds: is it still fed by this very program?"""
        return {"epoch": session.hub.epoch, "version": session.hub.version(chat)}

    outside.include_router(endpoint.routes(session, password))
    with warnings.catch_warnings():
        # gradio 6.31 says of every app with two routes that it turns SSR off, though it is off.
        warnings.filterwarnings("ignore", message="SSR mode is not supported")
        return _mounted(outside, session, password)


def _mounted(outside: FastAPI, session: Session, password: str) -> FastAPI:
    mounted: FastAPI = gr.mount_gradio_app(  # each flag is named, because the defaults are laxer
        outside,
        app.build(session).queue(),
        path="/",
        auth=(USER, password) if password else None,
        head=assets.head(),
        ssr_mode=False,
        run_history=False,
        show_error=False,
        footer_links=[],
        allowed_paths=[],
        enable_monitoring=False,
        mcp_server=False,
        pwa=False,
        max_file_size="1mb",
    )
    return mounted


def serve(session: Session, ready: Callable[[str], None]) -> None:
    """Serves until interrupted; `ready` is given the address once it is open.

    Raises Refusal for an address that needs a password, or when no port is free.
    """
    settings = session.settings
    hosts = door.allowed(settings.host, settings.password)
    listening = door.bind(settings.host, settings.port)
    address = f"http://{door.shown(settings.host)}:{listening.getsockname()[1]}/"
    config = uvicorn.Config(
        site(session, hosts, settings.password),
        log_level="warning",
        access_log=False,
        timeout_graceful_shutdown=1,  # the view of an open tab never ends by itself
    )
    logging.getLogger("uvicorn.error").addFilter(_not_our_own_end)
    with listening:
        ready(address)
        uvicorn.Server(config).run(sockets=[listening])


def _not_our_own_end(record: logging.LogRecord) -> bool:
    """Drops what uvicorn says of views that it cancels as heed ends, and nothing else."""
    problem = record.exc_info[1] if record.exc_info else None
    cancelled = isinstance(problem, asyncio.CancelledError) or "CancelledError" in str(record.msg)
    return not cancelled and not str(record.msg).startswith("Cancel ")
