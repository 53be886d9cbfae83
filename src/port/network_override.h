/* SPDX-License-Identifier: MIT */
/*
 * WINRT_NETWORK_STATE, or the file that WINRT_NETWORK_STATE_FILE names. docs/network.md has the
 * words. Any thread.
 */
#ifndef WINRT_PORT_NETWORK_OVERRIDE_H
#define WINRT_PORT_NETWORK_OVERRIDE_H

#include "network_state.h"

struct network_override;

/*
 * NULL where the environment has neither. `changed` is called as watch_folder does, after the word
 * of the file has changed. A folder that cannot be watched: the word counts as it is now.
 * PORT_NO_MEMORY
 */
enum port_status network_override_start(void (*changed)(void *context), void *context,
                                        struct network_override **ret);

/* Whether there is a word now; the state is that. NULL has none. */
bool network_override_get(struct network_override *override, struct network_state *ret);

/* Whether that will always be so. */
bool network_override_is_fixed(const struct network_override *override);

/* As watch_folder_end. NULL is fine. */
void network_override_stop(struct network_override *override);

/* The word in a text, blanks and line ends around it left out. False for all else. */
bool network_override_parse(const char *text, struct network_state *ret);

#endif
