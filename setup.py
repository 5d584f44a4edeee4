"""What is installed: the packages with everything beside their code, and `locale/` as a part of `backend`.

A folder beside the packages is the one thing that setup.cfg cannot say.
"""

from setuptools import find_packages, setup

PACKAGES = find_packages(include=["api*", "ats*", "backend*", "fixtures*", "web*"])

setup(
    packages=[*PACKAGES, "backend.locale"],
    package_dir={"backend.locale": "locale"},
    package_data={"": ["**/*.toml", "**/*.txt", "**/*.html", "**/*.css", "**/*.js", "**/*.json", "**/*.mo"]},
)
