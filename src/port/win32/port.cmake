# SPDX-License-Identifier: MIT
# What winrt_port needs on Windows alone.

target_sources(winrt_port PRIVATE
    win32/certificate_roots.c
    win32/certificate_rules.c
    win32/file_access.c
    win32/file_rename.c
    win32/file_status.c
    win32/known_folder.c
    win32/private_access.c
    win32/wide_path.c
)
target_link_libraries(winrt_port PUBLIC advapi32 bcrypt crypt32 ole32 secur32 shell32)

target_sources(winrt_network PRIVATE win32/network_events.c win32/network_list.c)
target_link_libraries(winrt_network PUBLIC iphlpapi ole32 ws2_32)
