/* SPDX-License-Identifier: MIT */
#include "network_routes.h"

#include <errno.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include <sys/socket.h>
#include <sys/time.h>

#include <linux/netlink.h>
#include <linux/rtnetlink.h>

#include "src/port/network_source.h"

#ifndef NETLINK_GET_STRICT_CHK /* Linux 4.20 */
#define NETLINK_GET_STRICT_CHK 12
#endif

/* The kernel answers at once; something in between may not. */
#define ANSWER_S 1

/* As much as the kernel puts into one datagram of a dump at most. */
#define DATAGRAM_SIZE 32768

struct request {
    struct nlmsghdr header;
    struct rtmsg route;
    char attributes[64];
};

/* False to stop. */
typedef bool (*answer_visitor)(const struct nlmsghdr *answer, void *context);

int network_routes_watch(void)
{
    struct sockaddr_nl address = { .nl_family = AF_NETLINK,
                                   .nl_groups =
                                       RTMGRP_IPV4_ROUTE | RTMGRP_IPV6_ROUTE | RTMGRP_LINK };
    int watch = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, NETLINK_ROUTE);

    if (watch >= 0 && bind(watch, (struct sockaddr *)&address, sizeof(address)) < 0) {
        close(watch);
        watch = -1;
    }
    return watch;
}

/* ENOBUFS: the kernel had more to tell than room, which is news as well. */
bool network_routes_drain(int watch)
{
    char byte;
    ssize_t count;

    do {
        count = recv(watch, &byte, sizeof(byte), 0);
    } while (count > 0 || (count < 0 && (errno == EINTR || errno == ENOBUFS)));
    return count < 0 && errno == EAGAIN;
}

static void add_attribute(struct request *request, unsigned short type, const void *value,
                          size_t size)
{
    struct rtattr *attribute =
        (struct rtattr *)((char *)request + NLMSG_ALIGN(request->header.nlmsg_len));

    attribute->rta_type = type;
    attribute->rta_len = (unsigned short)RTA_LENGTH(size);
    memcpy(RTA_DATA(attribute), value, size);
    request->header.nlmsg_len =
        (uint32_t)(NLMSG_ALIGN(request->header.nlmsg_len) + RTA_ALIGN(attribute->rta_len));
}

static struct request request_of(unsigned char family, uint16_t flags)
{
    struct request request = {
        .header = { .nlmsg_len = NLMSG_LENGTH(sizeof(struct rtmsg)),
                    .nlmsg_type = RTM_GETROUTE,
                    .nlmsg_flags = (uint16_t)(NLM_F_REQUEST | flags) },
        .route = { .rtm_family = family },
    };

    return request;
}

/* Whether the kernel has said all it had to say, an error among it; its code in *error. */
static bool visit_datagram(const struct nlmsghdr *answer, ssize_t size, answer_visitor visitor,
                           void *context, int *error)
{
    for (; NLMSG_OK(answer, size); answer = NLMSG_NEXT(answer, size)) {
        if (answer->nlmsg_type == NLMSG_DONE)
            return true;
        if (answer->nlmsg_type == NLMSG_ERROR) {
            *error = -((const struct nlmsgerr *)NLMSG_DATA(answer))->error;
            return true;
        }
        if (answer->nlmsg_type == RTM_NEWROUTE && !visitor(answer, context))
            return true;
        if (!(answer->nlmsg_flags & NLM_F_MULTI))
            return true;
    }
    return false;
}

/* 0, or the number of an error: the kernel's, or that nothing came. */
static int ask(const struct request *request, answer_visitor visitor, void *context)
{
    char buffer[DATAGRAM_SIZE] __attribute__((aligned(NLMSG_ALIGNTO)));
    int yes = 1, error = 0, kernel;
    struct timeval limit = { .tv_sec = ANSWER_S };
    ssize_t size;
    bool over;

    kernel = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE);
    if (kernel < 0)
        return errno;
    setsockopt(kernel, SOL_NETLINK, NETLINK_GET_STRICT_CHK, &yes, sizeof(yes));
    setsockopt(kernel, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof(limit));
    over = send(kernel, request, request->header.nlmsg_len, 0) < 0;
    if (over)
        error = errno;
    while (!over) {
        size = recv(kernel, buffer, sizeof(buffer), 0);
        if (size < 0 && errno == EINTR)
            continue;
        if (size < 0)
            error = errno;
        over = size <= 0 || visit_datagram((void *)buffer, size, visitor, context, &error);
    }
    close(kernel);
    return error;
}

static bool is_usable(unsigned flags)
{
    return !(flags & (RTNH_F_DEAD | RTNH_F_LINKDOWN));
}

/* One of several ways will do. */
static bool has_usable_hop(const struct rtattr *attribute)
{
    const struct rtnexthop *hop = RTA_DATA(attribute);
    int size = RTA_PAYLOAD(attribute);

    for (; RTNH_OK(hop, size); size -= RTNH_ALIGN(hop->rtnh_len), hop = RTNH_NEXT(hop)) {
        if (is_usable(hop->rtnh_flags))
            return true;
    }
    return false;
}

/* Not the two halves of the world that some tunnels put before it: they stay when the tunnel has
   lost its own way out. */
static bool is_default(const struct nlmsghdr *answer)
{
    const struct rtmsg *route = NLMSG_DATA(answer);
    const struct rtattr *attribute = RTM_RTA(route);
    int size = (int)RTM_PAYLOAD(answer);

    if (route->rtm_type != RTN_UNICAST || route->rtm_table != RT_TABLE_MAIN || route->rtm_dst_len ||
        (route->rtm_flags & RTM_F_CLONED))
        return false;
    for (; RTA_OK(attribute, size); attribute = RTA_NEXT(attribute, size)) {
        if (attribute->rta_type == RTA_MULTIPATH)
            return has_usable_hop(attribute);
    }
    return is_usable(route->rtm_flags);
}

static bool note_default(const struct nlmsghdr *answer, void *found)
{
    *(bool *)found = is_default(answer);
    return !*(bool *)found;
}

/* ENOENT: there is no such table, since it has never had a route. */
bool network_routes_have_default(void)
{
    static const unsigned char families[] = { AF_INET, AF_INET6 };
    uint32_t table = RT_TABLE_MAIN;
    bool found = false, unknown = false;
    size_t i;

    for (i = 0; i < sizeof(families) && !found; i++) {
        struct request request = request_of(families[i], NLM_F_DUMP);
        int error;

        add_attribute(&request, RTA_TABLE, &table, sizeof(table));
        error = ask(&request, note_default, &found);
        unknown |= error && error != ENOENT && error != EAFNOSUPPORT && error != EOPNOTSUPP;
    }
    return found || unknown;
}

/* The two halves of the world are a default route here. */
static bool note_route(const struct nlmsghdr *answer, void *found)
{
    const struct rtmsg *route = NLMSG_DATA(answer);

    *(bool *)found = (route->rtm_type == RTN_UNICAST || route->rtm_type == RTN_LOCAL) &&
                     route->rtm_dst_len > 1 && !(route->rtm_flags & RTM_F_CLONED) &&
                     is_usable(route->rtm_flags);
    return false;
}

/* RTM_F_FIB_MATCH, since Linux 4.13: the route itself, not what becomes of it for this address. */
bool network_source_has_route(const struct network_address *address)
{
    struct request request = request_of(address->size == 4 ? AF_INET : AF_INET6, 0);
    bool found = false;

    request.route.rtm_dst_len = (unsigned char)(address->size * 8);
    request.route.rtm_flags = RTM_F_FIB_MATCH;
    add_attribute(&request, RTA_DST, address->bytes, address->size);
    return !ask(&request, note_route, &found) && found;
}
