# SPDX-License-Identifier: MIT
"""coverage.py FOLDER: what the tests that were run in a build folder with WINRT_COVERAGE have executed of src and winrt-shim.
At least LINES % of all lines; and every branch of the files in BRANCHES but those that tests/coverage-exceptions.tsv names.
An exception that is executed after all, or whose line is gone, is a failure too. Prints what is missing and one line of
figures."""
import json
import os
import re
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
EXCEPTIONS = os.path.join(ROOT, 'tests', 'coverage-exceptions.tsv')
LINES = 95.0
# Ranges, resuming, and replaying the hive.
BRANCHES = ('src/engine/range_set.c', 'src/engine/resume.c', 'src/engine/retry.c', 'src/engine/validators.c',
            'src/store/hive.c', 'src/store/hive_tree.c', 'src/store/log_format.c', 'src/store/log_replay.c')


def read_counts(folder):
    report = os.path.join(folder, 'coverage.json')
    result = subprocess.run(['gcovr', '--root', ROOT, '--object-directory', folder, '--filter', os.path.join(ROOT, 'src') + '/',
                             '--filter', os.path.join(ROOT, 'winrt-shim') + '/', '--json', report, folder], cwd=ROOT,
                            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, timeout=600, check=False)
    if result.returncode:
        sys.exit(f'coverage: gcovr fails:\n{result.stderr}')
    with open(report, encoding='utf-8') as text:
        files = json.load(text)['files']
    return {os.path.relpath(os.path.join(ROOT, file['file']), ROOT): file['lines'] for file in files}


def read_exceptions():
    """[file, text of the line, how many of its branches, reason]"""
    rows = []
    with open(EXCEPTIONS, encoding='utf-8') as text:
        for number, line in enumerate(text, 1):
            fields = line.rstrip('\n').split('\t')
            if line.startswith('#') or not line.strip():
                continue
            if len(fields) != 4 or not all(fields):
                sys.exit(f'{EXCEPTIONS}:{number}: not four fields: file, line, branches, reason')
            rows.append((fields[0], fields[1], int(fields[2]), fields[3]))
    return rows


def source_of(path):
    with open(os.path.join(ROOT, path), encoding='utf-8') as text:
        return [''] + text.read().split('\n')


def missed_branches(counts):
    """{(file, text of the line): [how many of its branches no test took, its numbers]}"""
    missed = {}
    for path in BRANCHES:
        source = source_of(path)
        for line in counts.get(path, []):
            never = sum(branch['count'] == 0 for branch in line['branches'])
            if never:
                entry = missed.setdefault((path, source[line['line_number']].strip()), [0, []])
                entry[0] += never
                entry[1].append(line['line_number'])
    return missed


def share(part, whole):
    return 100.0 * part / whole if whole else 0.0


def figures(counts, pattern):
    lines = [line for path in counts if re.match(pattern, path) for line in counts[path] if not line.get('gcovr/noncode')]
    branches = [branch for line in lines for branch in line['branches']]
    return (share(sum(line['count'] > 0 for line in lines), len(lines)),
            share(sum(branch['count'] > 0 for branch in branches), len(branches)))


def main():
    folder = os.path.abspath(sys.argv[1])
    counts = read_counts(folder)
    wrong = [f'{path}: it was not even compiled' for path in BRANCHES if path not in counts]
    missed = missed_branches(counts)
    exceptions = read_exceptions()
    for path, text, branches, _reason in exceptions:
        never = missed.pop((path, text), (0, []))[0]
        if never != branches:
            wrong.append(f'{path}: "{text}": {branches} branches are excepted, {never} are not taken')
    for (path, text), (never, numbers) in sorted(missed.items()):
        wrong.append(f'{path}:{numbers[0]}: "{text}": {never} branches are never taken')
    lines, _ = figures(counts, '')
    if lines < LINES:
        wrong.append(f'{lines:.2f} % of all lines are executed, not {LINES} %')
        by_missing = sorted(counts, key=lambda path: -sum(line['count'] == 0 for line in counts[path]))
        for path in by_missing[:20]:
            numbers = [str(line['line_number']) for line in counts[path]
                       if line['count'] == 0 and not line.get('gcovr/noncode')]
            wrong.append(f'    {path}: {len(numbers)} lines: {" ".join(numbers[:20])}')
    engine, store = figures(counts, 'src/engine/'), figures(counts, 'src/store/')
    print(f'coverage: {lines:.2f} % of all lines in {len(counts)} files; branches: engine {engine[1]:.1f} %, store '
          f'{store[1]:.1f} %, ranges, resuming and replay all but {sum(row[2] for row in exceptions)} excepted; '
          f'{len(wrong)} findings')
    for line in wrong:
        print(line)
    return 1 if wrong else 0


sys.exit(main())
