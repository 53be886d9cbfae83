/* SPDX-License-Identifier: MIT */
/* Windows.Security.Credentials.PasswordCredential. */
#include <windows.h>
#include <roapi.h>
#include <windows.security.credentials.h>

#include "check.h"
#include "hstrings.h"
#include "test_main.h"

#define NAME "Windows.Security.Credentials.PasswordCredential"

static ICredentialFactory *factory_of_credentials(void)
{
    ICredentialFactory *factory = NULL;

    check_ok(RoGetActivationFactory(string_of(NAME), &IID_ICredentialFactory, (void **)&factory));
    return factory;
}

static IPasswordCredential *empty_credential(void)
{
    IInspectable *instance = NULL;
    IPasswordCredential *credential;

    check_ok(RoActivateInstance(string_of(NAME), &instance));
    credential = query(instance, &IID_IPasswordCredential);
    release_ref(instance);
    return credential;
}

static void check_credential(IPasswordCredential *credential, const char *resource,
                             const char *user_name, const char *password)
{
    HSTRING value = NULL;

    check_ok(IPasswordCredential_get_Resource(credential, &value));
    check_string(resource, value);
    check_ok(IPasswordCredential_get_UserName(credential, &value));
    check_string(user_name, value);
    check_ok(IPasswordCredential_get_Password(credential, &value));
    check_string(password, value);
}

static void the_factory_fills_it_in(void **state)
{
    ICredentialFactory *factory = factory_of_credentials();
    IPasswordCredential *credential = NULL;

    (void)state;
    check_ok(ICredentialFactory_CreatePasswordCredential(factory, string_of("https://example.com"),
                                                         string_of("alice"),
                                                         string_of("s\xc3\xa4"
                                                                   "cret"),
                                                         &credential));
    check_credential(credential, "https://example.com", "alice",
                     "s\xc3\xa4"
                     "cret");
    check_ok(IPasswordCredential_RetrievePassword(credential));
    check_last_release(credential);
    check_last_release(factory);
}

static void an_empty_one_can_be_filled_in(void **state)
{
    IPasswordCredential *credential = empty_credential();

    (void)state;
    check_credential(credential, "", "", "");
    check_hresult(HRESULT_FROM_WIN32(ERROR_NOT_FOUND),
                  IPasswordCredential_RetrievePassword(credential));
    check_ok(IPasswordCredential_put_Resource(credential, string_of("r")));
    check_ok(IPasswordCredential_put_UserName(credential, string_of("u")));
    check_ok(IPasswordCredential_put_Password(credential, string_of("p")));
    check_ok(IPasswordCredential_put_Password(credential, string_of("another")));
    check_credential(credential, "r", "u", "another");
    check_last_release(credential);
}

static void empty_names_and_passwords_are_refused(void **state)
{
    ICredentialFactory *factory = factory_of_credentials();
    IPasswordCredential *credential = (IPasswordCredential *)1;

    (void)state;
    check_hresult(E_INVALIDARG,
                  ICredentialFactory_CreatePasswordCredential(factory, string_of("r"), NULL,
                                                              string_of("p"), &credential));
    assert_null(credential);
    check_hresult(E_INVALIDARG,
                  ICredentialFactory_CreatePasswordCredential(factory, string_of("r"),
                                                              string_of("u"), NULL, &credential));
    assert_null(credential);
    check_ok(ICredentialFactory_CreatePasswordCredential(factory, NULL, string_of("u"),
                                                         string_of("p"), &credential));
    check_hresult(E_INVALIDARG, IPasswordCredential_put_UserName(credential, NULL));
    check_hresult(E_INVALIDARG, IPasswordCredential_put_Password(credential, NULL));
    check_credential(credential, "", "u", "p");
    check_last_release(credential);
    check_last_release(factory);
}

static void null_pointers_are_refused(void **state)
{
    ICredentialFactory *factory = factory_of_credentials();
    IPasswordCredential *credential = empty_credential();

    (void)state;
    check_hresult(E_POINTER, ICredentialFactory_CreatePasswordCredential(factory, string_of("r"),
                                                                         string_of("u"),
                                                                         string_of("p"), NULL));
    check_hresult(E_POINTER, IPasswordCredential_get_Resource(credential, NULL));
    check_hresult(E_POINTER, IPasswordCredential_get_UserName(credential, NULL));
    check_hresult(E_POINTER, IPasswordCredential_get_Password(credential, NULL));
    check_hresult(E_POINTER, IPasswordCredential_get_Properties(credential, NULL));
    check_last_release(credential);
    check_last_release(factory);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(the_factory_fills_it_in),
    cmocka_unit_test(an_empty_one_can_be_filled_in),
    cmocka_unit_test(empty_names_and_passwords_are_refused),
    cmocka_unit_test(null_pointers_are_refused),
};

TEST_MAIN(tests)
