# SPDX-License-Identifier: MIT
"""Where the instructions of one more small file go, by callgrind: what a function and all that it calls cost."""

import re
import subprocess

# A row: what is shown, and the functions whose costs are added. Rows that are indented are parts of the one above.
ROWS = (
    ("the app: CreateUri", ("uri_factory_CreateUri",)),
    ("the app: CreateFileAsync, without the worker", ("storage_folder_CreateFileAsync",)),
    ("the app: CreateDownload", ("background_downloader_CreateDownload",)),
    ("the app: StartAsync", ("download_operation_StartAsync",)),
    ("    the record", ("transfer_save_locked",)),
    ("workers and handlers", ("pool_thread",)),
    ("the engine", ("engine_loop",)),
    ("    a transfer begins", ("act_send",)),
    ("        the request", ("http_request_prepare",)),
    ("    libcurl, with our callbacks", ("curl_multi_perform",)),
    ("        the head", ("callback_header",)),
    ("        the body", ("callback_write",)),
    ("    a transfer ends", ("transfer_take_end",)),
    ("the syncer", ("syncer_thread",)),
)

LINE = re.compile(r"^ *([\d,]+) \(.*?\) +\S*?:([\w.]+?)(?:\.(?:part|constprop|isra)\.\d+)*(?:'\d+)?(?: \[.*)?$")


def costs_of(path):
    """Instructions by function, with what it calls."""
    shown = subprocess.run(["callgrind_annotate", "--inclusive=yes", "--threshold=100", path], check=True,
                           capture_output=True, text=True, errors="replace").stdout
    costs = {}
    for line in shown.splitlines():
        if found := LINE.match(line):
            costs[found[2]] = max(costs.get(found[2], 0), int(found[1].replace(",", "")))
    return costs


def rows(less, more, files):
    """(what, instructions for one file), from the costs of two runs, the second with so many files more."""
    for what, functions in ROWS:
        yield what, sum(more.get(name, 0) - less.get(name, 0) for name in functions) / files
