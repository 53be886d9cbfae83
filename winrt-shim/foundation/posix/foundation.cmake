# SPDX-License-Identifier: MIT

target_link_libraries(winrt_foundation PUBLIC PkgConfig::LIBIDN2)
