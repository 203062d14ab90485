"""Opening the desk's answers with a reporter's words, in the request in which they were typed."""

from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, SealedBox

from forum.safeguarding.vault import contexts
from forum.safeguarding.vault.types import ReporterMessage
from forum.safeguarding.vault.words import ReporterKeys
from forum.sealing.envelope import DataKey, Unopenable


def open_reply(keys: ReporterKeys, report_id: str, message: ReporterMessage) -> str:
    """The text of an answer. Raises Unopenable."""
    try:
        key = DataKey(SealedBox(PrivateKey(keys.private)).decrypt(message.box.wrapped_key))
    except (CryptoError, ValueError) as error:
        raise Unopenable("these words do not open it") from error
    return key.open(message.box.body, contexts.reply(report_id)).decode()
