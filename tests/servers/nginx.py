# SPDX-License-Identifier: MIT
"""nginx from a prefix folder of its own, as whoever runs the tests."""

import os
import shutil
import socket
import subprocess
import time

TLS_NAMES = {"NGINX_HTTPS": "good", "NGINX_SELF_SIGNED": "self-signed", "NGINX_EXPIRED": "expired",
             "NGINX_WRONG_HOST": "wrong-host", "NGINX_UNKNOWN_CA": "unknown", "NGINX_HTTPS_1": "good"}
# How their TLS is otherwise than with HTTP/2 and TLS 1.2 or 1.3.
OTHERWISE = {"NGINX_HTTPS_1": {"http2": "", "more": ""}}

CONFIG = """
daemon off;
worker_processes 2;
pid {prefix}/nginx.pid;
error_log {prefix}/error.log;
{user}
events {{ worker_connections 4096; }}
http {{
    access_log off;
    default_type application/octet-stream;
    types {{ text/plain txt; }}
    sendfile on;
    keepalive_requests 100000;
    ssl_session_cache shared:tests:1m;
    client_max_body_size 100m;
    client_body_temp_path {prefix}/body;
    proxy_temp_path {prefix}/proxy;
    fastcgi_temp_path {prefix}/fastcgi;
    uwsgi_temp_path {prefix}/uwsgi;
    scgi_temp_path {prefix}/scgi;
{servers}
}}
"""

SERVER = """
    server {{
        {listen}
        {tls}
        root {www};
        location /many/ {{ return 200 "file $uri\\n"; }}
        location /connection/ {{ return 200 "$connection $server_protocol $ssl_session_reused\\n"; }}
        location /connection/last/ {{
            keepalive_timeout 0;
            return 200 "$connection $server_protocol $ssl_session_reused\\n";
        }}
        location /rate/ {{ alias {www}/; limit_rate 256k; add_header X-Connection $connection; }}
        location /no-ranges/ {{ alias {www}/; max_ranges 0; }}
        location /private/ {{
            alias {www}/;
            auth_basic "test";
            auth_basic_user_file {prefix}/passwords;
        }}
    }}
"""


def find():
    program = shutil.which("nginx", path=os.environ.get("PATH", "") + ":/usr/sbin:/usr/local/sbin")
    if not program:
        raise RuntimeError("nginx is not installed (Debian: nginx-light)")
    return program


def free_ports(count):
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [sock.getsockname()[1] for sock in sockets]
    for sock in sockets:
        sock.close()
    return ports


class Nginx:
    """Started when made; `urls` has the base URL of each server block by name."""

    def __init__(self, prefix, www, certificates, ipv6, tls_names=TLS_NAMES):
        self.prefix = prefix
        self.www = www
        self.certificates = certificates
        self.ipv6 = ipv6
        self.tls_names = tls_names
        os.makedirs(prefix, exist_ok=True)
        with open(f"{prefix}/passwords", "w", encoding="ascii") as passwords:
            passwords.write("user:{PLAIN}password\n")
        for _ in range(10):
            if self.start():
                return
        with open(f"{prefix}/error.log", encoding="utf-8", errors="replace") as log:
            raise RuntimeError("nginx does not start: " + log.read()[-2000:])

    def server(self, port, certificate, http2=" http2", more="ssl_protocols TLSv1.2 TLSv1.3;"):
        extra = f" ssl{http2}" if certificate else ""
        listen = f"listen 127.0.0.1:{port}{extra};"
        if self.ipv6:
            listen += f" listen [::1]:{port}{extra};"
        path = f"{self.certificates}/{certificate}"
        tls = f"ssl_certificate {path}.pem; ssl_certificate_key {path}.key; {more}" if certificate else ""
        return SERVER.format(listen=listen, tls=tls, www=self.www, prefix=self.prefix)

    def start(self):
        """Whether it runs; a port that somebody else took in the meantime is why it might not."""
        ports = free_ports(1 + len(self.tls_names))
        self.urls = {"NGINX_HTTP": f"http://127.0.0.1:{ports[0]}"}
        servers = self.server(ports[0], None)
        for port, (name, certificate) in zip(ports[1:], self.tls_names.items()):
            servers += self.server(port, certificate, **OTHERWISE.get(name, {}))
            self.urls[name] = f"https://localhost:{port}"
        user = "user root;" if os.geteuid() == 0 else ""
        with open(f"{self.prefix}/nginx.conf", "w", encoding="utf-8") as config:
            config.write(CONFIG.format(prefix=self.prefix, user=user, servers=servers))
        self.process = subprocess.Popen(
            [find(), "-p", self.prefix, "-c", f"{self.prefix}/nginx.conf", "-e", f"{self.prefix}/error.log"],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        return all(self.answers(port) for port in ports)

    def answers(self, port):
        deadline = time.monotonic() + 30
        while self.process.poll() is None and time.monotonic() < deadline:
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                return True
            except OSError:
                time.sleep(0.02)
        self.stop()
        return False

    def stop(self):
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
