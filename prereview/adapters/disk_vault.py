"""A vault on disk: AES-256-GCM with one key per submission, itself wrapped by the key of the house.

    root/<submission>/key        the wrapped key
    root/<submission>/<name>.bin  nonce and ciphertext, bound to their submission and name

Destroying the key comes first, so that bytes left behind by a crash are noise.
"""

from __future__ import annotations

import os
import re
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from prereview.ports import SubmissionInvalid, VaultUnavailable

KEY_BYTES = 32
NONCE_BYTES = 12
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,99}")
_GONE = "这批文件已经删除或者过了保存期限，请重新上传。"


class DiskVault:
    """Keeps bytes of submissions under one folder; `house_key` is 32 bytes that live outside it."""

    def __init__(self, root: Path, house_key: bytes) -> None:
        if len(house_key) != KEY_BYTES:
            raise ValueError("the key of the house has 32 bytes")
        self._root = root
        self._house = AESGCM(house_key)

    def open(self, submission: str) -> None:
        """Make a key for a submission; harmless when it exists."""
        with _disk():
            folder = self._folder(submission)
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if not (folder / "key").exists():
                nonce = secrets.token_bytes(NONCE_BYTES)
                wrapped = self._house.encrypt(nonce, AESGCM.generate_key(256), submission.encode())
                _write(folder / "key", nonce + wrapped)

    def put(self, submission: str, name: str, content: bytes) -> None:
        """Keep bytes under a name, replacing earlier ones; raises SubmissionInvalid when the submission is not open."""
        key = self._key(submission)
        nonce = secrets.token_bytes(NONCE_BYTES)
        with _disk():
            _write(self._file(submission, name), nonce + key.encrypt(nonce, content, _bound(submission, name)))

    def get(self, submission: str, name: str) -> bytes:
        """Give the bytes back; raises SubmissionInvalid when they are not held or were tampered with."""
        key = self._key(submission)
        with _disk():
            path = self._file(submission, name)
            if not path.exists():
                raise SubmissionInvalid("not_held", _GONE)
            held = path.read_bytes()
        try:
            return key.decrypt(held[:NONCE_BYTES], held[NONCE_BYTES:], _bound(submission, name))
        except InvalidTag as changed:
            raise SubmissionInvalid("tampered", "这份文件存坏了，请重新上传。") from changed

    def remove(self, submission: str, name: str) -> None:
        """Forget one name; harmless when it is not held."""
        with _disk():
            self._file(submission, name).unlink(missing_ok=True)

    def destroy(self, submission: str) -> None:
        """Destroy the key, then the bytes; harmless when already done."""
        with _disk():
            folder = self._folder(submission)
            key = folder / "key"
            if key.exists():
                _write(key, secrets.token_bytes(NONCE_BYTES + KEY_BYTES + 16))
                key.unlink()
            if folder.exists():
                shutil.rmtree(folder)

    def held(self) -> frozenset[str]:
        """Give the ids of all submissions that still have a key or bytes."""
        with _disk():
            if not self._root.exists():
                return frozenset()
            return frozenset(path.name for path in self._root.iterdir() if path.is_dir())

    def _key(self, submission: str) -> AESGCM:
        with _disk():
            path = self._folder(submission) / "key"
            if not path.exists():
                raise SubmissionInvalid("not_open", _GONE)
            held = path.read_bytes()
        try:
            return AESGCM(self._house.decrypt(held[:NONCE_BYTES], held[NONCE_BYTES:], submission.encode()))
        except InvalidTag as changed:
            raise SubmissionInvalid("tampered", _GONE) from changed

    def _folder(self, submission: str) -> Path:
        return self._root / _safe(submission)

    def _file(self, submission: str, name: str) -> Path:
        return self._folder(submission) / f"{_safe(name)}.bin"


def _safe(name: str) -> str:
    """Let only plain names become paths."""
    if not _NAME.fullmatch(name) or ".." in name:
        raise SubmissionInvalid("bad_name", _GONE)
    return name


def _bound(submission: str, name: str) -> bytes:
    """Bind a ciphertext to its place, so that files cannot be swapped."""
    return f"{submission}/{name}".encode()


def _write(path: Path, content: bytes) -> None:
    """Replace a file in one step, on disk before it is named."""
    fresh = path.with_name(f"{path.name}.{secrets.token_hex(4)}.new")
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)


@contextmanager
def _disk() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise VaultUnavailable(f"the vault's disk did not answer: {error}") from error
