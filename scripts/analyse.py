# SPDX-License-Identifier: MIT
"""analyse.py FOLDER PART...: has gcc's analyzer, clang-tidy and cppcheck read every source file below the PARTs that the
build folder compiles (compile_commands.json). A file that a tool found clean is left out until what it would read, or its
settings, or the tool itself have changed; FOLDER/clean has a stamp for each. Prints what is found, and one line of
figures; exit status 1 if anything was found."""
import concurrent.futures
import hashlib
import json
import os
import re
import shlex
import subprocess
import sys
import time

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
FOLDER = os.path.abspath(sys.argv[1])
PARTS = sys.argv[2:]
JOBS = int(os.environ.get('WINRT_TEST_JOBS', 0)) or os.cpu_count()

# Where gcc is not asked for leaks, and why: it takes a block for lost to which only a pointer into its middle is left.
# Leaks are found there, and in tests, by the address sanitizer and by valgrind.
NOT_LEAKS = {
    'winrt-shim/combase/bstr.c': 'a BSTR points behind its length',
}
# What cppcheck is not asked for, and why.
NOT_IN_CODE = {
    'constParameter': 'parameters of documented functions and of callbacks are as they are',
    'readdirCalled': 'readdir is safe: no two threads read one stream',
    'redundantContinue': 'continue is how a loop without a body is written',
    'shadowFunction': 'a variable may have the name of a function that is of no concern to it',
    'unusedStructMember': 'the members of vtables and structs are used by other files',
    'variableScope': 'variables are declared at the head of a function',
}
# What cppcheck has to know of the headers of Windows, which it does not get through.
WINDOWS = ('-DSTDMETHODCALLTYPE=', '-DWINAPI=', '-DFAILED(hr)=((hr)<0)', '-DSUCCEEDED(hr)=((hr)>=0)')
# In tests it looks for errors only, not for style. Those of tests/porting call the C library's functions wrongly on
# purpose: the functions they reach are ours.
NOT_BY_CPPCHECK = re.compile(r'tests/porting/|.*\.cpp$')


def is_test(path):
    return path.startswith('tests/')


class File:
    def __init__(self, command):
        self.path = os.path.relpath(os.path.join(command['directory'], command['file']), ROOT)
        self.folder = command['directory']
        words = shlex.split(command['command'])
        at = words.index('-o')
        self.words = words[:at] + words[at + 2:]
        self.compiler = self.words[0]
        self.text = None

    def read(self):
        """All that a tool sees of it, comments too: they may switch a check off."""
        words = [word for word in self.words if word != '-c'] + ['-E', '-C', '-P', '-w']
        self.text = subprocess.run(words, cwd=self.folder, stdout=subprocess.PIPE, check=True).stdout


def run(words, folder=ROOT):
    result = subprocess.run(words, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                            errors='replace', check=False)
    return result.returncode, result.stdout + (result.stderr if result.returncode else '')


class Gcc:
    name = 'gcc -fanalyzer'
    version = ['gcc', '--version']

    def words(self, file):
        leaks = ['-Wno-analyzer-malloc-leak'] if file.path in NOT_LEAKS or is_test(file.path) else []
        return file.words + ['-fanalyzer', *leaks, '-o', '/dev/null']

    def takes(self, file):
        return file.path.endswith('.c')  # it does not know C++ yet

    def settings(self):
        return ''


class Tidy:
    name = 'clang-tidy'
    version = ['clang-tidy-14', '--version']

    def words(self, file):
        return ['clang-tidy-14', '--quiet', '-p', FOLDER, os.path.join(ROOT, file.path)]

    def takes(self, file):
        return True

    def settings(self):
        with open(os.path.join(ROOT, '.clang-tidy'), encoding='utf-8') as settings:
            return settings.read()


class Cppcheck:
    name = 'cppcheck'
    version = ['cppcheck', '--version']

    # The project's own headers only.
    def words(self, file):
        own = [word for word in file.words if word.startswith('-D') or word.startswith('-I' + ROOT)]
        kinds = 'warning,performance' if is_test(file.path) else 'warning,performance,portability,style'
        return ['cppcheck', '--quiet', '--error-exitcode=1', '--std=c11', '--library=posix', '--enable=' + kinds,
                *WINDOWS, *('--suppress=' + name for name in NOT_IN_CODE),
                *(word for word in own if not word.startswith('-I' + FOLDER)), os.path.join(ROOT, file.path)]

    def takes(self, file):
        return not NOT_BY_CPPCHECK.match(file.path)

    def settings(self):
        return ''


def stamp_of(tool, file, version):
    mine = hashlib.sha256()
    for part in (tool.name, version, tool.settings(), '\0'.join(tool.words(file)).replace(ROOT, '')):
        mine.update(part.encode() + b'\0')
    mine.update(file.text)
    return os.path.join(FOLDER, 'clean', mine.hexdigest())


def analyse(tool, file, version):
    """(seconds it took, what was found); None if it was clean before."""
    stamp = stamp_of(tool, file, version)
    if os.path.exists(stamp):
        os.utime(stamp)
        return None
    start = time.monotonic()
    status, output = run(tool.words(file), file.folder)
    if status == 0:
        with open(stamp, 'wb'):
            pass
    return time.monotonic() - start, output if status else ''


def forget_old_stamps():
    """Those that no run of the last 30 days has asked for."""
    folder = os.path.join(FOLDER, 'clean')
    os.makedirs(folder, exist_ok=True)
    for entry in os.scandir(folder):
        if entry.stat().st_mtime < time.time() - 30 * 86400:
            os.unlink(entry.path)


def wanted():
    """Each source file of the parts once: some are compiled for several programs."""
    files = {}
    with open(os.path.join(FOLDER, 'compile_commands.json'), encoding='utf-8') as commands:
        for command in json.load(commands):
            file = File(command)
            if any(file.path.startswith(part + '/') for part in PARTS):
                files.setdefault(file.path, file)
    return [files[path] for path in sorted(files)]


def main():
    start = time.monotonic()
    forget_old_stamps()
    files = wanted()
    tools = [(tool, run(tool.version)[1]) for tool in (Cppcheck(), Gcc(), Tidy())]
    found = runs = skipped = 0
    seconds = {tool.name: 0.0 for tool, _ in tools}
    with concurrent.futures.ThreadPoolExecutor(JOBS) as pool:
        list(pool.map(File.read, files))
        jobs = {pool.submit(analyse, tool, file, version): (tool, file)
                for tool, version in tools for file in files if tool.takes(file)}
        for job in concurrent.futures.as_completed(jobs):
            tool, file = jobs[job]
            result = job.result()
            if result is None:
                skipped += 1
                continue
            runs += 1
            seconds[tool.name] += result[0]
            if result[1]:
                found += 1
                print(f'{file.path}: {tool.name}\n{result[1]}', flush=True)
    times = ', '.join(f'{name} {taken:.0f} s' for name, taken in seconds.items())
    print(f'analysis: {len(files)} files of {" ".join(PARTS)}: {found} with findings; {runs} runs ({times}), '
          f'{skipped} unchanged since they were clean; {time.monotonic() - start:.0f} s')
    return 1 if found or not files else 0


sys.exit(main())
