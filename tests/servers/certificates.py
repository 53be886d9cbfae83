# SPDX-License-Identifier: MIT
"""Certificates made at start by openssl: one right for the test hosts, and one for each way to be wrong."""

import os
import subprocess
import time

HOSTS = "DNS:localhost,DNS:*.proxy.test,IP:127.0.0.1,IP:::1"

CONFIG = """
[ca]
default_ca = test
[test]
new_certs_dir = {folder}
database = {folder}/index.txt
rand_serial = yes
default_md = sha256
policy = any
email_in_dn = no
unique_subject = no
[any]
commonName = supplied
[authority]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign,cRLSign
subjectKeyIdentifier = hash
[server]
basicConstraints = critical,CA:FALSE
keyUsage = critical,digitalSignature
extendedKeyUsage = serverAuth
subjectAltName = {names}
"""


def openssl(*arguments):
    subprocess.run(["openssl", *arguments], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


def stamp(days):
    return time.strftime("%Y%m%d%H%M%SZ", time.gmtime(time.time() + days * 86400))


class Authority:
    """Signs; its own certificate is <name>.pem."""

    def __init__(self, folder, name):
        self.folder = folder
        self.name = name
        open(f"{folder}/index.txt", "a").close()
        self.sign(name, name, "", "authority", -1, 3650, self_signed=True)

    def sign(self, name, subject, names, section, start, end, self_signed=False):
        """<name>.pem and <name>.key, valid from `start` to `end`, in days from now."""
        path = f"{self.folder}/{name}"
        with open(f"{path}.cnf", "w", encoding="ascii") as config:
            config.write(CONFIG.format(folder=self.folder, names=names or HOSTS))
        openssl("req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout",
                f"{path}.key", "-subj", f"/CN={subject}", "-out", f"{path}.csr")
        signer = ["-selfsign", "-keyfile", f"{path}.key"] if self_signed else [
            "-cert", f"{self.folder}/{self.name}.pem", "-keyfile", f"{self.folder}/{self.name}.key"]
        openssl("ca", "-batch", "-notext", "-config", f"{path}.cnf", "-extensions", section, "-in", f"{path}.csr",
                "-out", f"{path}.pem", "-startdate", stamp(start), "-enddate", stamp(end), *signer)
        os.chmod(f"{path}.key", 0o600)


def make(folder):
    """Makes all of them: good, expired, wrong-host, unknown (another authority), self-signed."""
    os.makedirs(folder, exist_ok=True)
    authority = Authority(folder, "authority")
    other = Authority(folder, "other-authority")
    authority.sign("good", "localhost", HOSTS, "server", -1, 365)
    authority.sign("expired", "localhost", HOSTS, "server", -30, -2)
    authority.sign("wrong-host", "elsewhere.example", "DNS:elsewhere.example", "server", -1, 365)
    other.sign("unknown", "localhost", HOSTS, "server", -1, 365)
    authority.sign("self-signed", "localhost", HOSTS, "server", -1, 365, self_signed=True)
