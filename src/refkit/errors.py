"""What stops a command. A flaw in the data is never an error: it is a finding or a verdict."""


class RefkitError(Exception):
    """Stops a command with exit code 2; the message says what, where and what to do."""


class InputError(RefkitError):
    """A file cannot be read as what it was given for."""


class ConfigError(RefkitError):
    """A setting is unknown or has a wrong value."""


class StoreError(RefkitError):
    """The store cannot be read or replaced."""


class StyleError(RefkitError):
    """No such citation style, or the style file is not a usable CSL style."""


class SourceError(RefkitError):
    """A metadata source gave no usable answer; becomes the verdict *unchecked*."""


NO_NETWORK = "cannot be reached (no network?)"
"""End of the reason that a verdict gives when a service could not be reached at all."""
