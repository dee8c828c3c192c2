"""How two processes pass messages: a letter for the kind, eight bytes for the length, then the bytes."""

import struct

HEADER = struct.Struct("<cQ")

# from the check's side to the answer's
LOAD, WARM, OPEN, ASK, ANSWER, FAULT = b"L", b"W", b"O", b"A", b"a", b"f"
# from the answer's side to the check's
READY, REPLY, CONSULT = b"Y", b"R", b"C"


def frame(kind: bytes, payload: bytes) -> bytes:
    """Return a message as it travels."""
    return HEADER.pack(kind, len(payload)) + payload
