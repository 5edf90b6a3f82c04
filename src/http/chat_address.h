/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_HTTP_CHAT_ADDRESS_H
#define HOIDAP_HTTP_CHAT_ADDRESS_H

#include "http.h"

/* Whom to count the messages of REQUEST to: what the proxy wrote into HEADER
 * (the last of a list; "" when there is no such header), or else the other end
 * of the connection.  Of an IPv6 address only the network, for its hosts are
 * nobody's in particular.  "" for this machine itself: that is a proxy that
 * does not tell, and everybody comes through it. */
void chat_address_of(const struct http_request *request, const char *header,
    char out[HTTP_PEER_SIZE]);

#endif
