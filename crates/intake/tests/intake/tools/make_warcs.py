"""Writes WARC files with warcio, as archives of the web are mostly written: a page in several codings, what is no page,
a request, a revisit. Usage: make_warcs.py FOLDER"""

import gzip
import sys
import zlib
from io import BytesIO
from pathlib import Path

import brotli
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

PAGE = "<!doctype html><html><head><title>Ferry {0}</title></head><body><p>Six people died at café {0}.</p></body></html>"


def chunked(body):
    pieces = [body[at : at + 40] for at in range(0, len(body), 40)]
    return b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in pieces) + b"0\r\n\r\n"


def write(path, packed):
    with open(path, "wb") as out:
        writer = WARCWriter(out, gzip=packed)
        writer.write_record(writer.create_warcinfo_record(path.name, {"software": "warcio"}))

        def respond(url, body, *headers, kind="text/html; charset=utf-8", status="200 OK"):
            head = StatusAndHeaders(status, [("Content-Type", kind), *headers], protocol="HTTP/1.1")
            record = writer.create_warc_record(url, "response", payload=BytesIO(body), http_headers=head)
            writer.write_record(record)
            return record

        def page(name):
            return PAGE.format(name).encode()

        first = respond("https://npb.example/plain", page("plain"))
        respond("https://npb.example/chunked", chunked(page("chunked")), ("Transfer-Encoding", "chunked"))
        respond("https://npb.example/gzip", gzip.compress(page("gzip")), ("Content-Encoding", "gzip"))
        respond(
            "https://npb.example/both",
            chunked(gzip.compress(page("both"))),
            ("Content-Encoding", "gzip"),
            ("Transfer-Encoding", "chunked"),
        )
        respond("https://npb.example/deflate", zlib.compress(page("deflate")), ("Content-Encoding", "deflate"))
        respond("https://npb.example/br", brotli.compress(page("br")), ("Content-Encoding", "br"))
        respond("https://npb.example/a.png", b"\x89PNG\r\n\x1a\n", kind="image/png")
        respond("https://npb.example/moved", b"", ("Location", "/plain"), status="301 Moved Permanently")
        respond("https://npb.example/gone", page("gone"), status="404 Not Found")
        request = StatusAndHeaders("GET /plain HTTP/1.1", [("Host", "npb.example")], is_http_request=True)
        writer.write_record(writer.create_warc_record("https://npb.example/plain", "request", http_headers=request))
        head = StatusAndHeaders("200 OK", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.1")
        headers = first.rec_headers
        writer.write_record(
            writer.create_revisit_record(
                "https://npb.example/again",
                headers.get_header("WARC-Payload-Digest"),
                headers.get_header("WARC-Target-URI"),
                headers.get_header("WARC-Date"),
                http_headers=head,
            )
        )


for name in ("made.warc", "made.warc.gz"):
    write(Path(sys.argv[1]) / name, name.endswith(".gz"))
