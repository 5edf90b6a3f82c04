/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Settings of one page or OA: ACCOUNT_SETTING(channel, key, member, secret,
 * standard, help).  CHANNEL_KEY sets it for the account named "default"; KEY in
 * a section [CHANNEL NAME] for another one. */
ACCOUNT_SETTING(messenger, app_secret, app_secret, true, "",
    "App secret: webhooks are signed with it.")
ACCOUNT_SETTING(messenger, verify_token, verify_token, true, "",
    "Token that you choose and enter beside the callback URL.")
ACCOUNT_SETTING(messenger, page_id, id, false, "", "Id of the page.")
ACCOUNT_SETTING(messenger, page_token, access_token, true, "",
    "Page access token.")
ACCOUNT_SETTING(messenger, api, api, false, "https://graph.facebook.com/v25.0",
    "Base of the Graph API, with its version.")
ACCOUNT_SETTING(zalo, app_id, app_id, false, "", "Id of the Zalo app.")
ACCOUNT_SETTING(zalo, app_secret, app_secret, true, "",
    "Secret of the Zalo app: refreshes tokens.")
ACCOUNT_SETTING(zalo, oa_id, id, false, "", "Id of the Official Account.")
ACCOUNT_SETTING(zalo, oa_secret, webhook_secret, true, "",
    "OA Secret Key of the webhook page: webhooks are signed with it.")
ACCOUNT_SETTING(zalo, access_token, access_token, true, "",
    "Access token of the first start; afterwards the store has the pair.")
ACCOUNT_SETTING(zalo, refresh_token, refresh_token, true, "",
    "Refresh token of the first start.")
ACCOUNT_SETTING(zalo, api, api, false, "https://openapi.zalo.me",
    "Base of the OpenAPI.")
ACCOUNT_SETTING(zalo, oauth, oauth, false, "https://oauth.zaloapp.com",
    "Base of the token service.")
