# SPDX-License-Identifier: MIT
"""How servers here speak TLS: at OpenSSL's lowest level, which has nothing against weak certificates; it is for clients
to refuse them."""

import ssl
import warnings


def context(folder, name):
    """With that certificate of certificates.py."""
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    made.set_ciphers("DEFAULT:@SECLEVEL=0")
    made.load_cert_chain(f"{folder}/{name}.pem", f"{folder}/{name}.key")
    return made


def old_context(folder):
    """TLS 1.1 at most."""
    made = context(folder, "good")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        made.minimum_version = ssl.TLSVersion.TLSv1
        made.maximum_version = ssl.TLSVersion.TLSv1_1
    return made
