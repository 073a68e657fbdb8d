"""What a machine reads in a message: addresses, files, identifiers, lines of code and logs.

Nobody feels it, whatever words it is made of.
"""

import re

from omnitui.patterns import late

_ENDINGS = (
    r"(?:7z|apk|avi|bak|bat|bmp|cfg|conf|css|csv|dll|dmg|docx?|eml|epub|exe|gif|gz|heic|html?|ics"
    r"|ini|jar|jpe?g|js|json|lnk|log|md|mkv|mov|mp[34]|msg|msi|ods|odt|ogg|pdf|php|pkg|png|pptx?"
    r"|psd|py|rar|rtf|sh|sql|sqlite|svg|tar|tgz|tiff?|tmp|toml|ts|txt|vcf|wav|webm|webp|xlsx?|xml"
    r"|ya?ml|zip|biz|co|com|dev|edu|eu|example|gov|info|invalid|io|net|org|dk|fi|nl|uk|ch|pl)"
)
"""Of names of files and of hosts; none that is a word after a full stop without its blank."""
_CHUNK = late(
    r"://|@|^www\.|[\\=_{}<]|\w\.\w{2,}/|^#\d|^\d+[^\w\s]+\w|^~?/[\w.-]+/|\w\(\)|\w::\w"
    rf"|\w\.{_ENDINGS}(?![\w-])|^\W*[^\W\d_]{{1,12}}-?\d{{2,}}[\w/-]*\W*$",
    re.IGNORECASE,
)
_IDENTIFIER = late(r"\W*(?=.*[A-Z].*\d)(?=.*\d.*\d)[A-Z\d]+(?:[-/:][A-Z\d]+)*\W*")
_WRITTEN_TOGETHER = late(r"\d+[^\W\d_]+\W*")

_LEVEL = r"(?:ERROR|WARN(?:ING)?|INFO|DEBUG|TRACE|FATAL|CRITICAL|SEVERE)"
_LINE = late(
    r"^\s*[{\[<](?:.*(?:\"\s?:|=\"|/>|</|\w>).*)?[}\]>,;]\s*$|^\s*[}\]][,;)]*\s*$|^\s*\"\w+\"\s*:"
    rf"|\d{{4}}-\d\d-\d\d[T ]\d\d:\d\d.*(?:\b{_LEVEL}\b|\w\[\d+\])"
    rf"|^\W{{0,3}}\d{{4}}-\d\d-\d\d\S*\s+\W?{_LEVEL}\b|^\W{{0,3}}(?:\w+:\s)?\d\d:\d\d:\d\d\S*\s+\W?{_LEVEL}\b"
    rf"|^\W{{0,10}}{_LEVEL}\b[\]:]|^\W{{0,10}}(?:\w{{1,20}} )?ERROR \d"
    r"|^\s*Traceback \(most|^\s*File \".*\", line \d"
    r"|^\s*at [\w.$<>]+\(|^\s*(?:Caused by: )?[\w.]+(?:Error|Exception):"
    r"|^\w{3} [ \d]\d \d\d:\d\d:\d\d \S+ \S+:"
    r"|^\s*(?:if|for|while|switch|catch)\s?\(.*[{;)]\s*$|[;{]\s*}\s*$|\w\([^()]*\)\s*[;{]\s*$"
    r"|^\s*(?:const|let|var)\s+\w+\s*=|^\s*(?:public|private|static)\s.*[;{]\s*$"
    r"|^\s*[\w.]+(?:\[\w+\])?\s?[-+]?=\s?\S.*;\s*$|^\s*(?:#!|//|/\*|\*/|<!--)"
    r"|^\s*(?:def|class)\s+\w+\s*(?:\(.*)?:\s*$|^\s*from\s+[\w.]+\s+import\s"
    r"|^\s*(?:SELECT\s.*\sFROM|INSERT\s+INTO|DELETE\s+FROM)\s|^\s*\$\s[a-z]|;\s*//"
)
"""Lines of data, of logs, of programs."""
_MAY_BE_LINE = re.compile(r"[{}\[\]<>()\"\d:;=#/*$]|import\s|SELECT\s|INSERT\s|DELETE\s")
"""What every one of them has; few lines that people write do, and it is looked for much faster."""


def is_chunk(chunk: str) -> bool:
    """Whether what stands between two blanks is for machines."""
    if chunk.isalpha() or _WRITTEN_TOGETHER.fullmatch(chunk):
        return False
    return bool(_CHUNK.search(chunk)) or _IDENTIFIER.fullmatch(chunk) is not None


def is_line(line: str) -> bool:
    """Whether a line was written by a program or for one."""
    return _MAY_BE_LINE.search(line) is not None and _LINE.search(line) is not None
