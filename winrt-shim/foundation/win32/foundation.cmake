# SPDX-License-Identifier: MIT
# The system's IDN.

target_link_libraries(winrt_foundation PUBLIC normaliz)
