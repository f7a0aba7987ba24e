# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Unpack a Debian package with the standard library, where dpkg-deb is missing."""

import fnmatch
import tarfile


def undeb(path, dest, exclude=()):
    """Unpack the files of the package `path` below `dest`, but those like `exclude`."""
    with open(path, "rb") as stream:
        name = _find_data(stream)
        mode = "r|xz" if name.endswith(".xz") else "r|*"
        with tarfile.open(fileobj=stream, mode=mode) as archive:
            for member in archive:
                if not any(fnmatch.fnmatch(member.name, e) for e in exclude):
                    _extract(archive, member, dest)


def _extract(archive, member, dest):
    if hasattr(tarfile, "tar_filter"):
        archive.extract(member, dest, filter="tar")
    else:
        archive.extract(member, dest)


def _find_data(stream):
    """Move to the archive of files inside; its name tells how it is packed."""
    if stream.read(8) != b"!<arch>\n":
        raise ValueError("not a Debian package")
    while len(header := stream.read(60)) == 60:
        name, size = header[:16].decode().strip().rstrip("/"), int(header[48:58])
        if name.startswith("data.tar"):
            return name
        stream.seek(size + size % 2, 1)
    raise ValueError("a Debian package without files")
