"""The seed that numpy.random asks for where it is given none; without hmac and base64."""

from random import SystemRandom

randbits = SystemRandom().getrandbits
