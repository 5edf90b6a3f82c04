/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "chat_address.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>

static struct text_view
last_of(struct text_view list)
{
	struct text_view last = TEXT("");

	while (text_split(&list, ',', &last))
		continue;
	return text_trim(last);
}

/* The first half of an IPv6 address; another text stays as it is. */
static void
keep_network(char address[HTTP_PEER_SIZE])
{
	struct in6_addr v6;

	if (inet_pton(AF_INET6, address, &v6) != 1 || IN6_IS_ADDR_V4MAPPED(&v6))
		return;
	memset(&v6.s6_addr[8], 0, 8);
	(void)inet_ntop(AF_INET6, &v6, address, HTTP_PEER_SIZE);
}

static bool
is_here(const char *address)
{
	return strncmp(address, "127.", 4) == 0 || strcmp(address, "::1") == 0;
}

void
chat_address_of(const struct http_request *request, const char *header,
    char out[HTTP_PEER_SIZE])
{
	struct text_view told = TEXT("");

	if (header[0] != '\0')
		told = last_of(http_header(request, header));
	if (told.len == 0 || text_copy(out, HTTP_PEER_SIZE, told) != OK)
		http_peer(request, out);
	if (is_here(out))
		out[0] = '\0';
	else
		keep_network(out);
}
