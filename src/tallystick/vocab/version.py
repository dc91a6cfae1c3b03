"""The version of the code, said once: packaging, manifest and screen read it here."""

VERSION = "0.1.0"
