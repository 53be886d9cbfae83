# SPDX-License-Identifier: MIT
"""Who is measured, and with which options. Each gets the same files from the same server into an empty folder, as many
at a time, over connections that are kept. Options are chosen in each program's favour: nothing is shown, no file is
reserved in advance, nothing is saved beside the file."""

import dataclasses
import os
import shutil
import subprocess

# How a file stands in each program's list.
LOOP_ENTRY = "{url} {name}\n"
CURL_ENTRY = 'url = "{url}"\noutput = "{out}/{name}"\n'
ARIA2C_ENTRY = "{url}\n out={name}\n"
WGET2_ENTRY = "{url}\n"


@dataclasses.dataclass
class Job:
    build: str  # the build folder
    work: str  # an empty folder, for lists and state
    out: str  # where the files go, in `work`
    urls: list  # the last part of each is the file's name, and unlike the others
    connections: int
    pieces: int
    authority: str  # a file with the certificate that https needs

    def names(self):
        return [url.rsplit("/", 1)[1] for url in self.urls]

    def write(self, name, entry):
        """A list, `entry` formatted for each file. Its path."""
        path = f"{self.work}/{name}"
        with open(path, "w", encoding="ascii") as file:
            for url, file_name in zip(self.urls, self.names()):
                file.write(entry.format(url=url, name=file_name, out=self.out))
        return path


def minimal(job):
    return [f"{job.build}/tests/bench/bench_minimal", job.write("list", LOOP_ENTRY), job.out, f"{job.work}/log",
            str(job.connections)]


def ours(job):
    return [f"{job.build}/tests/bench/bench_client", job.write("list", LOOP_ENTRY), job.out]


def curl(job):
    options = ["curl", "--disable", "--silent", "--show-error", "--fail"]
    if len(job.urls) == 1:
        return [*options, "--output", f"{job.out}/{job.names()[0]}", job.urls[0]]
    return [*options, "--parallel", "--parallel-immediate", "--parallel-max", str(job.connections),
            "--config", job.write("list", CURL_ENTRY)]


def aria2c(job):
    return ["aria2c", "--no-conf=true", "--quiet=true", "--summary-interval=0", "--download-result=hide",
            "--file-allocation=none", "--auto-save-interval=0", "--allow-overwrite=true", "--enable-dht=false",
            "--max-download-result=0", f"--ca-certificate={job.authority}", f"--dir={job.out}",
            f"--max-concurrent-downloads={job.connections}", f"--max-connection-per-server={job.pieces}",
            f"--split={job.pieces}", "--min-split-size=1M",
            f"--input-file={job.write('list', ARIA2C_ENTRY)}"]


def wget2(job):
    options = ["wget2", "--no-config", "--quiet", "--no-hsts", "--no-hpkp", "--no-robots", "--no-ocsp-stapling",
               f"--ca-certificate={job.authority}", f"--directory-prefix={job.out}",
               f"--max-threads={max(job.connections, job.pieces)}"]
    if job.pieces > 1:
        options.append("--chunk-size=2M")  # one after another, as it turns out
    return [*options, f"--input-file={job.write('list', WGET2_ENTRY)}"]


@dataclasses.dataclass(frozen=True)
class Side:
    name: str
    title: str
    command: object  # of a job
    program: str = ""  # that has to be installed


SIDES = {side.name: side for side in (
    Side("minimal", "libcurl loop", minimal),
    Side("ours", "this library", ours),
    Side("curl", "curl", curl, "curl"),
    Side("aria2c", "aria2c", aria2c, "aria2c"),
    Side("wget2", "wget2", wget2, "wget2"),
)}


def installed(name):
    program = SIDES[name].program
    return not program or shutil.which(program) is not None


def environment(job):
    """For every side the same: no proxy, no settings of whoever runs this."""
    kept = {key: os.environ[key] for key in ("PATH", "LANG", "TZ") if key in os.environ}
    return kept | {"HOME": job.work, "XDG_CACHE_HOME": job.work, "SSL_CERT_FILE": job.authority,
                   "CURL_CA_BUNDLE": job.authority, "BENCH_CA_FILE": job.authority,
                   "WINRT_STATE_DIR": f"{job.work}/state", "WINRT_COMPONENT_PATH": f"{job.build}/winrt"}


def versions():
    """The first line that each program says of itself."""
    found = {}
    for name, command in (("curl and libcurl", "curl --version"), ("aria2c", "aria2c --version"),
                          ("wget2", "wget2 --version"), ("nginx", "nginx -v"), ("gcc", "gcc --version")):
        try:
            result = subprocess.run(command.split(), capture_output=True, text=True, check=False,
                                    env=os.environ | {"PATH": os.environ.get("PATH", "") + ":/usr/sbin"})
            found[name] = (result.stdout or result.stderr).split("\n")[0]
        except OSError:
            found[name] = "not installed"
    return found
