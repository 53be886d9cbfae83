# SPDX-License-Identifier: MIT
"""Certificates made at start by openssl: right ones for the test hosts, and one for each way to be wrong."""

import base64
import os
import shutil
import subprocess
import time

# What the fault server listens with, each at TLS_<NAME>, and what the proxy does, each at PROXY_TLS_<NAME>.
SERVERS = ("chain", "names-only", "rsa", "any-purpose", "system", "self-signed", "unknown", "unknown-sent",
           "missing-link", "signed-by-server", "signed-by-plain", "signed-by-v1", "signed-by-mere-signer", "too-deep",
           "expired", "not-yet-valid", "below-expired", "wrong-host", "null-in-name", "client-only",
           "below-client-only", "outside-limits", "unknown-extension", "weak-key", "weak-digest", "weak-rsa-digest",
           "forged")
PROXIES = ("good", "unknown", "expired", "wrong-host")

HOSTS = "DNS:localhost,DNS:*.proxy.test,IP:127.0.0.1,IP:::1"

# As subjectAltName: a dNSName of 11 characters, "localhost", NUL and "x".
NULL_IN_NAME = "30:0d:82:0b:6c:6f:63:61:6c:68:6f:73:74:00:78"

RSA = ("rsa", "rsa_keygen_bits:2048")

CONFIG = """
[ca]
default_ca = test
[test]
new_certs_dir = {folder}
database = {folder}/index.txt
rand_serial = yes
default_md = {digest}
policy = any
email_in_dn = no
unique_subject = no
[any]
commonName = supplied
[authority]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign,cRLSign
subjectKeyIdentifier = hash
[client_authority]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign,cRLSign
extendedKeyUsage = clientAuth
subjectKeyIdentifier = hash
[limited_authority]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign,cRLSign
subjectKeyIdentifier = hash
nameConstraints = critical,permitted;DNS:elsewhere.example
[mere_signer]
basicConstraints = critical,CA:TRUE
keyUsage = critical,digitalSignature
subjectKeyIdentifier = hash
[last_authority]
basicConstraints = critical,CA:TRUE,pathlen:0
keyUsage = critical,keyCertSign,cRLSign
subjectKeyIdentifier = hash
[server]
basicConstraints = critical,CA:FALSE
keyUsage = critical,digitalSignature
extendedKeyUsage = serverAuth
subjectAltName = {names}
[any_purpose]
subjectAltName = {names}
[client]
basicConstraints = critical,CA:FALSE
keyUsage = critical,digitalSignature
extendedKeyUsage = clientAuth
subjectAltName = {names}
[unknown_extension]
basicConstraints = critical,CA:FALSE
keyUsage = critical,digitalSignature
extendedKeyUsage = serverAuth
subjectAltName = {names}
1.2.3.4.5.6.7.8 = critical,ASN1:NULL
"""


def openssl(*arguments):
    subprocess.run(["openssl", *arguments], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


def stamp(days):
    return time.strftime("%Y%m%d%H%M%SZ", time.gmtime(time.time() + days * 86400))


class Maker:
    """Makes <name>.pem, which begins with the certificate <name> and has those that a server sends with it, and
    <name>.key."""

    def __init__(self, folder):
        self.folder = folder
        open(f"{folder}/index.txt", "a").close()

    def make(self, name, signer=None, section="server", names=HOSTS, start=-1, end=365, send=(), digest="sha256",
             subject=None, key=("ec", "ec_paramgen_curve:P-256")):
        """Signed by `signer` or by itself, valid from `start` to `end`, in days from now; the certificates `send`
        are appended."""
        path = f"{self.folder}/{name}"
        with open(f"{path}.cnf", "w", encoding="ascii") as config:
            config.write(CONFIG.format(folder=self.folder, names=names, digest=digest))
        openssl("req", "-new", "-newkey", key[0], "-pkeyopt", key[1], "-nodes", "-keyout",
                f"{path}.key", "-subj", f"/CN={subject or name}", "-out", f"{path}.csr")
        by = ["-cert", f"{self.folder}/{signer}.pem", "-keyfile", f"{self.folder}/{signer}.key"] if signer else [
            "-selfsign", "-keyfile", f"{path}.key"]
        if section:
            by += ["-extensions", section]
        openssl("ca", "-batch", "-notext", "-config", f"{path}.cnf", "-in", f"{path}.csr", "-out", f"{path}.pem",
                "-startdate", stamp(start), "-enddate", stamp(end), *by)
        os.chmod(f"{path}.key", 0o600)
        self.append(name, send)

    def append(self, name, others):
        """What a server sends besides: the first certificate of each of these files."""
        for other in others:
            with open(f"{self.folder}/{other}.pem", encoding="ascii") as file:
                first = file.read().split("-----END CERTIFICATE-----")[0] + "-----END CERTIFICATE-----\n"
            with open(f"{self.folder}/{name}.pem", "a", encoding="ascii") as file:
                file.write(first)

    def forge(self, name, original):
        """The original with a signature that nobody made, and its key."""
        with open(f"{self.folder}/{original}.pem", encoding="ascii") as file:
            lines = file.read().split("-----END")[0].splitlines()[1:]
        der = bytearray(base64.b64decode("".join(lines)))
        der[-1] ^= 1
        text = base64.encodebytes(bytes(der)).decode("ascii")
        with open(f"{self.folder}/{name}.pem", "w", encoding="ascii") as file:
            file.write(f"-----BEGIN CERTIFICATE-----\n{text}-----END CERTIFICATE-----\n")
        with open(f"{self.folder}/{original}.key", encoding="ascii") as key:
            with open(f"{self.folder}/{name}.key", "w", encoding="ascii") as file:
                file.write(key.read())
        os.chmod(f"{self.folder}/{name}.key", 0o600)


def make(folder):
    """Makes all of them. `authority` is the one that tests trust; `system-authority`, one that tests of the system's
    store trust for a moment. The folder `trusted` has the first one as `openssl rehash` makes it."""
    os.makedirs(folder, exist_ok=True)
    maker = Maker(folder)
    maker.make("authority", section="authority", end=3650)
    maker.make("other-authority", section="authority", end=3650)
    maker.make("system-authority", section="authority", end=3650)
    maker.make("intermediate", "authority", "authority")
    maker.make("rsa-authority", "authority", "authority", key=RSA)
    maker.make("expired-intermediate", "authority", "authority", start=-30, end=-2)
    maker.make("client-intermediate", "authority", "client_authority")
    maker.make("limited-intermediate", "authority", "limited_authority")
    maker.make("mere-signer", "authority", "mere_signer")
    maker.make("last-authority", "authority", "last_authority")
    maker.make("below-last-authority", "last-authority", "authority")
    # Right ones.
    maker.make("good", "authority", subject="localhost")
    maker.make("chain", "intermediate", send=["intermediate"])
    maker.make("names-only", "authority", names="DNS:localhost")
    maker.make("rsa", "rsa-authority", key=RSA, send=["rsa-authority"])
    maker.make("any-purpose", "authority", "any_purpose", key=("ec", "ec_paramgen_curve:P-384"))
    maker.make("system", "system-authority")
    # Not of a trusted authority.
    maker.make("self-signed")
    maker.make("unknown", "other-authority")
    maker.make("unknown-sent", "other-authority", send=["other-authority"])
    maker.make("missing-link", "intermediate")
    maker.make("signed-by-server", "good", send=["good"])
    maker.make("v1", "authority", None)
    maker.make("signed-by-plain", "any-purpose", send=["any-purpose"])
    maker.make("signed-by-v1", "v1", send=["v1"])
    maker.make("signed-by-mere-signer", "mere-signer", send=["mere-signer"])
    maker.make("too-deep", "below-last-authority", send=["below-last-authority", "last-authority"])
    # Not now, not for this host.
    maker.make("expired", "authority", start=-30, end=-2)
    maker.make("not-yet-valid", "authority", start=2, end=365)
    maker.make("below-expired", "expired-intermediate", send=["expired-intermediate"])
    maker.make("wrong-host", "authority", names="DNS:elsewhere.example,IP:127.0.0.9", subject="localhost")
    maker.make("null-in-name", "authority", names="DER:" + NULL_IN_NAME, subject="localhost")
    # Not for this purpose, not what was signed, not understood.
    maker.make("client-only", "authority", "client")
    maker.make("below-client-only", "client-intermediate", send=["client-intermediate"])
    maker.make("outside-limits", "limited-intermediate", send=["limited-intermediate"])
    maker.make("unknown-extension", "authority", "unknown_extension")
    maker.make("weak-key", "authority", key=("rsa", "rsa_keygen_bits:1024"))
    maker.make("weak-digest", "authority", digest="sha1")
    maker.make("weak-rsa-digest", "rsa-authority", digest="sha1", key=RSA, send=["rsa-authority"])
    maker.forge("forged", "good")
    os.makedirs(f"{folder}/trusted", exist_ok=True)
    shutil.copy(f"{folder}/authority.pem", f"{folder}/trusted/")
    openssl("rehash", f"{folder}/trusted")
