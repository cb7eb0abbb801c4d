"""python-telegram-bot over our connections: its updates and its calls share the pool with everything that is sent."""

from __future__ import annotations

from typing import Any

from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData
from yarl import URL

from delivery.bodies import Body, Upload, form_body
from delivery.connections import PATIENCE, Connections, Endpoint, NeverLeft, NoAnswer, NotInTime


class BotRequest(BaseRequest):
    """One of a bot's two request objects; both may be over the same connections. It opens and closes them."""

    __slots__ = ("_connections", "_endpoints")

    def __init__(self, connections: Connections) -> None:
        self._connections = connections
        self._endpoints: dict[str, Endpoint] = {}

    @property
    def read_timeout(self) -> float | None:
        """Seconds for an answer, unless a call says otherwise."""
        return PATIENCE

    async def initialize(self) -> None:
        """Open the connections."""
        await self._connections.open()

    async def shutdown(self) -> None:
        """Close the connections."""
        await self._connections.close()

    async def do_request(  # noqa: PLR0917  # the library's own signature
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Ask, and return status and body. Only ``read_timeout`` counts. Raises NetworkError or TimedOut."""
        patience = PATIENCE if read_timeout is BaseRequest.DEFAULT_NONE else read_timeout
        body = None if method == "GET" else await _body(request_data)
        try:
            answer = await self._connections.ask(self._endpoint(url, method), body, patience=patience)
        except NotInTime as error:
            raise TimedOut(str(error)) from None
        except (NeverLeft, NoAnswer) as error:
            raise NetworkError(str(error)) from None
        return answer.status, answer.body

    def _endpoint(self, url: str, method: str) -> Endpoint:
        if method != "POST":
            return Endpoint(URL(url), method)  # the address of one file
        if url not in self._endpoints:
            self._endpoints[url] = Endpoint(URL(url))
        return self._endpoints[url]


async def _body(data: RequestData | None) -> Body:
    if data is None:
        return await form_body({})
    if not data.contains_files:
        return await form_body(data.json_parameters)
    files = data.multipart_data.items()
    return await form_body(data.json_parameters, [Upload(field, *described) for field, described in files])
