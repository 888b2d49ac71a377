"""Asking a server for something, with patience and without trust.

What may pass (a cut, silence, overload) is tried again, less and less often; what will not is said at once.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TypeVar

import httpx
import tenacity

from qpverts.errors import RemoteError

USER_AGENT = "QPVerts (+data sync)"
MAX_REDIRECTS = 5
_OVERLOAD = 429
_TIMEOUT = 408
_SERVER = 500
_LENGTH = re.compile(r"\d{1,18}", re.ASCII)

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a server is waited for, in seconds.

    ``connect_s`` and ``read_s`` bound one silence; a line that gives less than ``slowest_bytes_s`` bytes per
    second over ``window_s`` is as good as dead. ``attempts`` are made, separated by ``first_wait_s`` doubled
    each time up to ``longest_wait_s``, or by what the server asks for if that is no longer than
    ``longest_wait_s``.
    """

    connect_s: float = 10
    read_s: float = 30
    window_s: float = 60
    slowest_bytes_s: float = 1_000
    attempts: int = 4
    first_wait_s: float = 1
    longest_wait_s: float = 120
    sleep: Callable[[float], None] = time.sleep


@dataclass(frozen=True, slots=True)
class Listener:
    """Who is told how it goes: bytes done with the bytes expected if known, and French sentences."""

    progress: Callable[[int, int | None], None]
    warning: Callable[[str], None]


class AgainError(Exception):
    """A fault that may pass: the sentence for the person, and the wait that the server asks for."""

    def __init__(self, message: str, wait_s: float | None = None) -> None:
        super().__init__(message)
        self.wait_s = wait_s


def open_client(patience: Patience) -> httpx.Client:
    """Open a client that says nothing of the person; proxies come from the environment, as httpx reads it.

    Raises
    ------
    RemoteError
        When a proxy of the environment is not one.
    """
    timeout = httpx.Timeout(patience.read_s, connect=patience.connect_s)
    try:
        return httpx.Client(headers={"User-Agent": USER_AGENT}, timeout=timeout, follow_redirects=False)
    except (ValueError, ImportError, httpx.InvalidURL) as error:
        raise RemoteError(
            "le mandataire (proxy) n'est pas utilisable ; vérifiez HTTP_PROXY, HTTPS_PROXY et ALL_PROXY"
        ) from error


def persist(attempt: Callable[[], T], patience: Patience, listener: Listener) -> T:
    """Try until it works, until the attempts are spent, or until trying makes no sense."""
    backoff = tenacity.wait_exponential_jitter(
        initial=patience.first_wait_s, max=patience.longest_wait_s, jitter=patience.first_wait_s
    )

    def wait(state: tenacity.RetryCallState) -> float:
        asked = _error_of(state).wait_s
        return backoff(state) if asked is None else asked

    def spent(state: tenacity.RetryCallState) -> bool:
        asked = _error_of(state).wait_s or 0
        return state.attempt_number >= patience.attempts or asked > patience.longest_wait_s

    def warn(state: tenacity.RetryCallState) -> None:
        listener.warning(f"{_error_of(state)} ; nouvel essai dans {state.upcoming_sleep:.0f} s")

    retrying = tenacity.Retrying(
        retry=tenacity.retry_if_exception_type(AgainError),
        stop=spent,
        wait=wait,
        before_sleep=warn,
        sleep=patience.sleep,
        reraise=True,
    )
    try:
        return retrying(attempt)
    except AgainError as error:
        later = f"dans {error.wait_s:.0f} s" if (error.wait_s or 0) > patience.longest_wait_s else "plus tard"
        raise RemoteError(f"{error} ; relancez {later}") from error


def _error_of(state: tenacity.RetryCallState) -> AgainError:
    error = state.outcome.exception() if state.outcome else None
    return error if isinstance(error, AgainError) else AgainError("")


@contextmanager
def ask(client: httpx.Client, url: str, headers: dict[str, str]) -> Iterator[httpx.Response]:
    """Open an answer, following few redirections, never out of http(s) nor from https to http.

    Raises
    ------
    RemoteError
        When the server refuses for good.
    """
    try:
        request = client.build_request("GET", url, headers=headers)
        schemes = {"https"} if request.url.scheme == "https" else {"http", "https"}
        for _ in range(MAX_REDIRECTS + 1):
            if request.url.scheme not in schemes:
                raise RemoteError("l'adresse mène hors de http(s), ou de https à http : refusé")
            response = client.send(request, stream=True)
            if response.next_request is None:
                break
            response.close()  # the body of a redirection is not read: it may have no end
            request = response.next_request
        else:
            raise RemoteError("l'adresse renvoie sans fin d'une adresse à l'autre ; vérifiez-la au catalogue")
        try:
            _judge(response)
            yield response
        finally:
            response.close()
    except httpx.UnsupportedProtocol as error:
        raise RemoteError("l'adresse n'est pas en http(s) ; vérifiez-la au catalogue") from error
    except httpx.TransportError as error:
        raise AgainError(_plain(error)) from error
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise RemoteError("la réponse ou l'adresse est mal formée ; vérifiez-la au catalogue") from error


def announced(response: httpx.Response) -> int | None:
    """Give the size of the body in bytes, if the server tells it; packed on the way, it is another one."""
    length = response.headers.get("Content-Length", "")
    plain = response.headers.get("Content-Encoding", "identity") == "identity"
    return int(length) if plain and _LENGTH.fullmatch(length) else None


def chunks(response: httpx.Response, patience: Patience, limit: int, too_large: str) -> Iterator[bytes]:
    """Give the body as it comes; a line that gives too little for too long counts as cut.

    Raises
    ------
    RemoteError
        With the sentence ``too_large``, when the body has, or says that it has, more than ``limit`` bytes.
    """
    if (announced(response) or 0) > limit:
        raise RemoteError(too_large)
    done = arrived = 0
    since = time.monotonic()
    for chunk in response.iter_bytes():
        done, arrived = done + len(chunk), arrived + len(chunk)
        if done > limit:
            raise RemoteError(too_large)
        yield chunk
        elapsed = time.monotonic() - since
        if elapsed >= patience.window_s:
            if arrived < elapsed * patience.slowest_bytes_s:
                raise AgainError("le serveur est trop lent")
            arrived, since = 0, time.monotonic()


def _judge(response: httpx.Response) -> None:
    """Let pass what can be read; tell faults that may pass from refusals."""
    status = response.status_code
    if status in (_OVERLOAD, _TIMEOUT) or status >= _SERVER:
        raise AgainError(f"le serveur est débordé ou en panne (code {status})", _retry_after(response))
    if status not in (httpx.codes.OK, httpx.codes.NOT_MODIFIED):
        raise RemoteError(f"le serveur refuse l'adresse (code {status}) ; vérifiez-la au catalogue")


def _retry_after(response: httpx.Response) -> float | None:
    """Read the wait that a server asks for: seconds, or a date."""
    text = response.headers.get("Retry-After", "").strip()
    if text.isascii() and text.isdigit():
        return float(text[:9])
    try:
        return max(0.0, (parsedate_to_datetime(text) - datetime.now(UTC)).total_seconds())
    except (ValueError, TypeError):
        return None


def _plain(error: httpx.TransportError) -> str:
    """Say in French what the network did."""
    if isinstance(error, httpx.ProxyError):
        return "le mandataire (proxy) refuse ou ne répond pas"
    if "CERTIFICATE" in str(error):
        return "le certificat du serveur n'est pas reconnu"
    if isinstance(error, httpx.ConnectError | httpx.ConnectTimeout):
        return "le serveur ne répond pas (êtes-vous relié à internet ?)"
    if isinstance(error, httpx.TimeoutException):
        return "le serveur s'est tu trop longtemps"
    return "la connexion a été coupée avant la fin"
