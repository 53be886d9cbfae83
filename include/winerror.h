/* SPDX-License-Identifier: MIT */
/*
 * Stands before the system's winerror.h on the include path, and adds what MinGW's lacks: the codes
 * of the Windows Runtime, and some of file systems.
 */
#ifndef WINRT_INCLUDE_WINERROR_H
#define WINRT_INCLUDE_WINERROR_H

#include_next <winerror.h>

#ifndef E_BOUNDS
#define E_BOUNDS                                          _HRESULT_TYPEDEF_(0x8000000B)
#define E_CHANGED_STATE                                   _HRESULT_TYPEDEF_(0x8000000C)
#define E_ILLEGAL_STATE_CHANGE                            _HRESULT_TYPEDEF_(0x8000000D)
#define E_ILLEGAL_METHOD_CALL                             _HRESULT_TYPEDEF_(0x8000000E)
#define RO_E_METADATA_NAME_NOT_FOUND                      _HRESULT_TYPEDEF_(0x8000000F)
#define RO_E_METADATA_NAME_IS_NAMESPACE                   _HRESULT_TYPEDEF_(0x80000010)
#define RO_E_METADATA_INVALID_TYPE_FORMAT                 _HRESULT_TYPEDEF_(0x80000011)
#define RO_E_INVALID_METADATA_FILE                        _HRESULT_TYPEDEF_(0x80000012)
#define RO_E_CLOSED                                       _HRESULT_TYPEDEF_(0x80000013)
#define RO_E_EXCLUSIVE_WRITE                              _HRESULT_TYPEDEF_(0x80000014)
#define RO_E_CHANGE_NOTIFICATION_IN_PROGRESS              _HRESULT_TYPEDEF_(0x80000015)
#define RO_E_ERROR_STRING_NOT_FOUND                       _HRESULT_TYPEDEF_(0x80000016)
#define E_STRING_NOT_NULL_TERMINATED                      _HRESULT_TYPEDEF_(0x80000017)
#define E_ILLEGAL_DELEGATE_ASSIGNMENT                     _HRESULT_TYPEDEF_(0x80000018)
#define RO_E_MUST_BE_AGILE                                _HRESULT_TYPEDEF_(0x8000001C)
#define RO_E_UNSUPPORTED_FROM_MTA                         _HRESULT_TYPEDEF_(0x8000001D)
#define RO_E_COMMITTED                                    _HRESULT_TYPEDEF_(0x8000001E)
#define RO_E_BLOCKED_CROSS_ASTA_CALL                      _HRESULT_TYPEDEF_(0x8000001F)
#define RO_E_CANNOT_ACTIVATE_FULL_TRUST_SERVER            _HRESULT_TYPEDEF_(0x80000020)
#define RO_E_CANNOT_ACTIVATE_UNIVERSAL_APPLICATION_SERVER _HRESULT_TYPEDEF_(0x80000021)
#endif

#ifndef ERROR_OPLOCK_HANDLE_CLOSED
#define ERROR_OPLOCK_HANDLE_CLOSED 803
#endif
#ifndef ERROR_FILE_SYSTEM_LIMITATION
#define ERROR_FILE_SYSTEM_LIMITATION 665
#endif

#endif
