"""BLAKE2 as Python has it itself: `hashlib` loads all of OpenSSL for it, which takes longer than to word a brief.

The name `_blake2` is Python's own and is used here alone; where there is no such module, `hashlib` has to do.
"""

try:
    from _blake2 import blake2b as blake2b
except ImportError:
    from hashlib import blake2b as blake2b
