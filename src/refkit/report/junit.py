"""JUnit XML: a suite per file, a test case per finding; a file without findings is one case that passes."""

import re
from xml.etree import ElementTree

from refkit.model import Finding, Severity
from refkit.report import View
from refkit.report.place import place
from refkit.text import printable
from refkit.validate.result import FileResult, Result

# What XML 1.0 cannot hold, and `printable` lets through.
_NO_XML = re.compile("[\ud800-\udfff\ufffe\uffff]")


def render(result: Result, view: View) -> str:
    """One XML document; infos pass, so that a test report turns red for what the exit code can turn red for."""
    root = ElementTree.Element("testsuites", name="refkit")
    for file in result.files:
        _suite(root, file)
    ElementTree.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ElementTree.tostring(root, encoding="unicode")}\n'


def _suite(root: ElementTree.Element, file: FileResult) -> None:
    failures = sum(found.severity is not Severity.INFO for found in file.findings)
    name = _text(file.source.name)
    tests = str(max(len(file.findings), 1))
    suite = ElementTree.SubElement(root, "testsuite", name=name, tests=tests, failures=str(failures), errors="0")
    for found in file.findings:
        _case(suite, file, found)
    if not file.findings:
        ElementTree.SubElement(suite, "testcase", name="no findings", classname=name)


def _case(suite: ElementTree.Element, file: FileResult, found: Finding) -> None:
    where = place(file.source, found.start, found.end)
    name = " ".join(part for part in (found.code, found.key, found.field) if part)
    about = {"name": _text(name), "classname": _text(where.file), "file": _text(where.file), "line": str(where.line)}
    case = ElementTree.SubElement(suite, "testcase", about)
    text = _text(f"{where.file}:{where.line}:{where.column}: {found.code} {found.message}")
    if found.severity is Severity.INFO:
        ElementTree.SubElement(case, "system-out").text = text
    else:
        failure = {"type": found.severity.value, "message": _text(found.message)}
        ElementTree.SubElement(case, "failure", failure).text = text


def _text(text: str) -> str:
    return _NO_XML.sub("\ufffd", printable(text))
