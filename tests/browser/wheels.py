"""Wheels of other projects: what pip installed here, packed as it came. No tests here."""

import base64
import csv
import hashlib
import importlib.metadata
import io
import zipfile
from pathlib import Path


def wheel_of(project: str, folder: Path) -> Path:
    """Write the wheel that a project was installed from; each file has the hash that it has there.

    Its RECORD names all of the files with their SHA-256 as the project published them.
    """
    about = importlib.metadata.distribution(project)
    record = about.read_text("RECORD") or ""
    name = f"{project.replace('-', '_')}-{about.version}"
    target = folder / f"{name}-py3-none-any.whl"
    with zipfile.ZipFile(target, "w") as archive:
        for path, digest, _ in csv.reader(io.StringIO(record)):
            file = Path(str(about.locate_file(path)))
            if not digest or path.startswith("..") or not file.is_file():
                continue
            content = file.read_bytes()
            found = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).decode().rstrip("=")
            if not path.endswith(("INSTALLER", "REQUESTED")):
                assert digest == f"sha256={found}", path
                archive.writestr(path, content)
        archive.writestr(f"{name}.dist-info/RECORD", record)
    return target
