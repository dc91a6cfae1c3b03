"""Typst in a process of its own: `brief.pdf` gives it the paper and takes the PDF.

Setting hundreds of pages takes a gigabyte, which Typst keeps as long as its process lives.

    python -m tallystick.brief.typeset MOMENT < paper.json > brief.pdf
"""

from __future__ import annotations

import sys
from datetime import datetime
from importlib.resources import as_file, files


def main() -> int:
    """Set the document on stdin; 1 with Typst's own words on stderr where it cannot be set."""
    import typst

    with as_file(files("tallystick.brief")) as package:
        try:
            paper = typst.compile(
                package / "templates" / "brief.typ",
                font_paths=[package / "fonts"],
                ignore_system_fonts=True,
                sys_inputs={"document": sys.stdin.buffer.read().decode()},
                pdf_standards=["ua-1", "a-2a"],
                timestamp=datetime.fromisoformat(sys.argv[1]),
            )
        except typst.TypstError as error:
            sys.stderr.write(str(error.diagnostic or error))
            return 1
    sys.stdout.buffer.write(paper)
    return 0


if __name__ == "__main__":
    sys.exit(main())
