# SPDX-License-Identifier: MIT
"""The server that everybody downloads from: nginx on free ports, http and https, and the files."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "servers"))

import certificates  # noqa: E402
import files  # noqa: E402
import nginx  # noqa: E402
from fault.content import pattern  # noqa: E402

SERVER = """
    server {{
        {listen}
        {tls}
        root {www};
        open_file_cache max=20000 inactive=600s;
        open_file_cache_valid 600s;
        keepalive_timeout 300s;
        location /limited/ {{ alias {www}/; limit_rate 1m; }}
        location /slow/ {{ alias {www}/; limit_rate 256; }}
    }}
"""


class BenchNginx(nginx.Nginx):
    """Quick at small files, so that it is the clients that are compared."""

    def server(self, port, certificate):
        path = f"{self.certificates}/{certificate}"
        tls = f"ssl_certificate {path}.pem; ssl_certificate_key {path}.key;" if certificate else ""
        return SERVER.format(listen=f"listen 127.0.0.1:{port}{' ssl http2' if certificate else ''};", tls=tls,
                             www=self.www)


class Server:
    """Started when made. `authority` is the file of who has signed its certificate."""

    def __init__(self, work):
        os.chmod(work, 0o755)
        self.www = f"{work}/www"
        tls = f"{work}/certificates"
        for folder in (self.www, tls):
            os.makedirs(folder)
        maker = certificates.Maker(tls)
        maker.make("authority", section="authority")
        maker.make("good", "authority", subject="localhost")
        self.authority = f"{tls}/authority.pem"
        self.nginx = self.start_nginx(f"{work}/nginx")
        self.http = self.nginx.urls["NGINX_HTTP"]
        self.https = self.nginx.urls["NGINX_HTTPS"].replace("localhost", "127.0.0.1")  # no name to look up

    def start_nginx(self, prefix):
        return BenchNginx(prefix, self.www, os.path.dirname(self.authority), ipv6=False,
                          tls_names={"NGINX_HTTPS": "good"})

    def make_files(self, case):
        """Those of a case, unless they are there; each has its own number in its first bytes."""
        folder = f"{self.www}/{case.name}"
        os.makedirs(folder, exist_ok=True)
        paths = self.paths(case)
        for path in paths:
            if case.count == 1 or case.kind == "queue" and path == paths[0]:
                files.make_file(path, case.size)
                continue
            if case.kind == "queue":  # which sends next to nothing
                os.link(paths[0], path)
                continue
            with open(path, "wb") as file:
                file.write(os.path.basename(path).encode("ascii"))
                file.write(pattern(0, case.size - file.tell()))

    def remove_files(self, case):
        for path in self.paths(case):
            os.remove(path)

    def paths(self, case):
        return [f"{self.www}/{case.name}/{name}" for name in names(case)]

    def urls(self, case, base=None):
        base = base or (self.https if case.tls else self.http)
        location = f"/{case.location}" if case.location else ""
        return [f"{base}{location}/{case.name}/{name}" for name in names(case)]

    def stop(self):
        self.nginx.stop()


def names(case):
    return [f"{case.name}-{number:05}" for number in range(case.count)]
