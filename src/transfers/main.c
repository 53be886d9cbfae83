/* SPDX-License-Identifier: MIT */
/* winrt-transfers: shows and changes what apps have stored about their downloads
 * (docs/transfers-tool.md). */
#include "options.h"
#include "output.h"
#include "program.h"

int program_run(int count, char **arguments)
{
    struct options options;
    int code;

    if (options_parse(count, arguments, &options, &code)) {
        options.command->run(&options);
        options_free(&options);
        code = out_error_count() ? EXIT_FAILED : EXIT_DONE;
    }
    if (!out_flush() && code == EXIT_DONE) {
        out_error("standard output cannot be written");
        code = EXIT_FAILED;
    }
    return code;
}
