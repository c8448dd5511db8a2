"""Would print which task awaits which."""

__all__ = ()
