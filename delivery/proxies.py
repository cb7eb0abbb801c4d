"""Which proxy the environment names for an address, and the authorities that it trusts."""

from __future__ import annotations

import os
import ssl
from urllib.request import getproxies, proxy_bypass

import certifi
from yarl import URL


class ProxyUnusable(ValueError):
    """The environment names a proxy that can't be used; the message says which variable to change."""


def proxy_for(address: URL) -> URL | None:
    """The proxy on the way to an address: HTTPS_PROXY, HTTP_PROXY or ALL_PROXY, unless NO_PROXY names the host.

    Raises ProxyUnusable.
    """
    host = address.host or ""
    proxies = getproxies()
    named = proxies.get(address.scheme) or proxies.get("all")
    if not named or proxy_bypass(host):
        return None
    try:
        proxy = URL(named if "://" in named else f"http://{named}")
    except ValueError:
        proxy = URL()
    if proxy.scheme not in {"http", "https"} or not proxy.host:
        raise ProxyUnusable(
            f"The proxy for {host} is not an http:// address: mend {address.scheme.upper()}_PROXY or ALL_PROXY,"
            f" or add {host} to NO_PROXY."
        )
    return proxy


def trusted_authorities() -> ssl.SSLContext:
    """TLS with verification, by the roots that SSL_CERT_FILE or SSL_CERT_DIR name, else certifi's."""
    file, folder = os.environ.get("SSL_CERT_FILE"), os.environ.get("SSL_CERT_DIR")
    if file or folder:
        return ssl.create_default_context(cafile=file or None, capath=folder or None)
    return ssl.create_default_context(cafile=certifi.where())
