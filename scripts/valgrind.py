# SPDX-License-Identifier: MIT
"""valgrind.py [--long] FOLDER: runs the unit tests of a build folder under valgrind's memcheck. Any error and any block
that is lost is a failure; there are no suppressions but valgrind's own. Short: the programs of TOGETHER and ALONE, all functions of one in
one process, since most of the time goes into starting valgrind. Long: every test of the label `unit`, each by itself as
CTest runs it. Prints what fails, and one line of figures."""
import concurrent.futures
import json
import os
import shutil
import subprocess
import sys
import time

# The mechanisms where a wrong byte costs most. All functions of a program in one process, where none minds what another
# has left in the scratch folder.
TOGETHER = ('app_identity body_writer crc32c curl_error file_ranges ftp_talk header_list map network_policy object origin '
            'paths range_set rate redirect reference response resume retry scheduler state_home text timers transfer_state '
            'validators value_set vector').split()
ALONE = ('hive', 'hive_replay', 'reg_export', 'store_adoption', 'store_leftovers')
# Figures of minutes and thousands of runs prove no more here, at a fiftieth of the speed.
NOT_LONG = ('unit.hive_scale.', 'unit.scheduler_model.')
FAILED = 99
LONG = '--long' in sys.argv
FOLDER = os.path.abspath(sys.argv[-1])
JOBS = int(os.environ.get('WINRT_TEST_JOBS', 0)) or os.cpu_count()


def tests_of(folder):
    """The tests of the label unit: [(name, words, variables)]."""
    text = subprocess.run(['ctest', '--show-only=json-v1', '-L', '^unit$'], cwd=folder, stdout=subprocess.PIPE, check=True).stdout
    for test in json.loads(text)['tests']:
        properties = {entry['name']: entry['value'] for entry in test['properties']}
        if 'SKIP_REGULAR_EXPRESSION' in properties and 'command' in test:
            yield test['name'], test['command'], properties.get('ENVIRONMENT', [])


def jobs():
    seen = set()
    for name, words, variables in tests_of(FOLDER):
        program = name.split('.')[1]
        if program in ALONE or LONG:
            if not name.startswith(NOT_LONG):
                yield name, words, variables
        elif program in TOGETHER and program not in seen:
            seen.add(program)
            yield f'unit.{program}', words[:1], [value.replace(name, f'unit.{program}') for value in variables]


def run(name, words, variables):
    """What went wrong, or ''."""
    environment = dict(os.environ)
    environment.update(value.split('=', 1) for value in variables)
    scratch = os.path.join(FOLDER, 'tests', 'valgrind', name)
    for key in ('WINRT_TEST_SCRATCH', 'WINRT_STATE_DIR'):
        environment[key] = scratch + ('/state' if key == 'WINRT_STATE_DIR' else '')
    log = scratch + '.log'
    os.makedirs(os.path.dirname(log), exist_ok=True)
    # Not 'possible': a thread that is still about to end has a block of which only the inside is pointed at.
    command = ['valgrind', '--quiet', '--leak-check=full', '--show-leak-kinds=definite,indirect',
               '--errors-for-leak-kinds=definite,indirect', f'--error-exitcode={FAILED}', '--track-fds=no',
               '--fair-sched=yes', f'--log-file={log}', *words]
    try:
        result = subprocess.run(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                                errors='replace', timeout=600, check=False)
    except subprocess.TimeoutExpired:
        return 'it did not end within 600 s\n'
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    with open(log, encoding='utf-8', errors='replace') as text:
        said = text.read()
    if result.returncode or said:
        return f'status {result.returncode}\n{said}' + ('' if result.returncode in (0, FAILED) else result.stdout)
    return ''


def main():
    start = time.monotonic()
    failed = count = 0
    missing = {*TOGETHER, *ALONE} - {name.split('.')[1] for name, _, _ in tests_of(FOLDER)}
    if missing:
        print(f'valgrind: {FOLDER} has no test of {", ".join(sorted(missing))}')
        return 1
    with concurrent.futures.ThreadPoolExecutor(JOBS) as pool:
        running = {pool.submit(run, *job): job[0] for job in jobs()}
        for job in concurrent.futures.as_completed(running):
            count += 1
            wrong = job.result()
            if wrong:
                failed += 1
                print(f'{running[job]}: {wrong}', flush=True)
    print(f'valgrind: {count} {"tests" if LONG else "programs"}, {failed} failed; {time.monotonic() - start:.0f} s')
    return 1 if failed or not count else 0


sys.exit(main())
