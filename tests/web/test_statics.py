"""Style sheets travel packed, and are the same when unpacked."""

import gzip

from flask import Flask

from config import ROOT
from tests.pages import BASE

SHEET = "web/base.css"


def test_a_sheet_travels_packed_to_those_who_can_unpack_it(app: Flask) -> None:
    client = app.test_client()
    plain = (ROOT / "static" / SHEET).read_bytes()
    for _ in range(2):
        with client.get(f"/static/{SHEET}", base_url=BASE, headers={"Accept-Encoding": "gzip"}) as packed:
            assert packed.headers["Content-Encoding"] == "gzip"
            assert packed.headers["Vary"] == "Accept-Encoding"
            assert gzip.decompress(packed.data) == plain
            assert int(packed.headers["Content-Length"]) == len(packed.data) < len(plain) / 2
            etag = packed.headers["ETag"]
    with client.get(f"/static/{SHEET}", base_url=BASE) as unpacked:
        assert "Content-Encoding" not in unpacked.headers
        assert unpacked.data == plain
    kept = client.get(
        f"/static/{SHEET}", base_url=BASE, headers={"Accept-Encoding": "gzip", "If-None-Match": etag}
    )
    assert kept.status_code == 304
