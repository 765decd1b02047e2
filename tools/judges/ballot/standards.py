"""RFC 8032, 8017, 9162 and 9180, as OpenSSL has them by way of the package `cryptography`."""

import hmac

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from reading import sha256


def is_ed25519(key, message, signature):
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, message)
        return True
    except (InvalidSignature, ValueError):
        return False


def is_pss(key, message, signature):
    try:
        scheme = padding.PSS(mgf=padding.MGF1(hashes.SHA384()), salt_length=48)
        key.verify(signature, message, scheme, hashes.SHA384())
        return True
    except InvalidSignature:
        return False


def root_of(leaves):
    """RFC 9162 section 2.1.1, by a stack of the roots of whole subtrees."""
    stack = []
    for number, leaf in enumerate(leaves, 1):
        node = sha256(b"\x00", leaf)
        while number % 2 == 0:
            node = sha256(b"\x01", stack.pop(), node)
            number //= 2
        stack.append(node)
    if not stack:
        return sha256()
    node = stack.pop()
    while stack:
        node = sha256(b"\x01", stack.pop(), node)
    return node


def extract(suite, salt, label, ikm):
    return hmac.digest(salt or bytes(32), b"HPKE-v1" + suite + label + ikm, "sha256")


def expand(suite, prk, label, info, length):
    data = length.to_bytes(2, "big") + b"HPKE-v1" + suite + label + info
    return hmac.digest(prk, data + b"\x01", "sha256")[:length]


def open_sealed(secret, public, sealed, info, aad):
    """RFC 9180 base mode, sequence number 0; None where it does not open."""
    kem, suite = b"KEM\x00\x20", b"HPKE\x00\x20\x00\x01\x00\x02"
    enc, ciphertext = sealed[:32], sealed[32:]
    try:
        shared = secret.exchange(X25519PublicKey.from_public_bytes(enc))
        shared = expand(kem, extract(kem, b"", b"eae_prk", shared), b"shared_secret", enc + public, 32)
        context = b"\x00" + extract(suite, b"", b"psk_id_hash", b"") + extract(suite, b"", b"info_hash", info)
        prk = extract(suite, shared, b"secret", b"")
        key, nonce = expand(suite, prk, b"key", context, 32), expand(suite, prk, b"base_nonce", context, 12)
        return AESGCM(key).decrypt(nonce, ciphertext, aad)
    except (InvalidTag, ValueError):
        return None
