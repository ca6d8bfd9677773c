#pragma once
#include <microhttpd.h>
#include <gnutls/gnutls.h>

// libmicrohttpd's variadic calls, which Swift cannot import, as plain functions.

struct microhttpd_configuration {
  int listen_socket; // -1: takes only sockets given to MHD_add_connection
  int use_tls;
  unsigned int threads;
  unsigned int connection_limit;
  size_t connection_memory;
  unsigned int idle_seconds;
  const char *certificate;
  const char *key;
  const char *client_authority; // NULL: ask clients for no certificate
  const char *priorities;
  void *context;
  MHD_AccessHandlerCallback on_request;
  MHD_RequestCompletedCallback on_completed;
  MHD_NotifyConnectionCallback on_connection;
  void *(*on_target)(void *context, const char *target, struct MHD_Connection *connection);
};

static void microhttpd_ignore_message(void *context, const char *format, va_list arguments) {
  (void)context;
  (void)format;
  (void)arguments;
}

static inline struct MHD_Daemon *microhttpd_start(const struct microhttpd_configuration *c) {
  struct MHD_OptionItem tls[] = {
      {MHD_OPTION_HTTPS_MEM_CERT, 0, (void *)c->certificate},
      {MHD_OPTION_HTTPS_MEM_KEY, 0, (void *)c->key},
      {MHD_OPTION_HTTPS_PRIORITIES, 0, (void *)c->priorities},
      {c->client_authority ? MHD_OPTION_HTTPS_MEM_TRUST : MHD_OPTION_END, 0, (void *)c->client_authority},
      {MHD_OPTION_END, 0, NULL}};
  struct MHD_OptionItem plain[] = {{MHD_OPTION_END, 0, NULL}};
  struct MHD_OptionItem listening[] = {
      {c->listen_socket < 0 ? MHD_OPTION_END : MHD_OPTION_LISTEN_SOCKET, c->listen_socket, NULL},
      {MHD_OPTION_END, 0, NULL}};
  struct MHD_OptionItem pool[] = {
      {c->threads < 2 ? MHD_OPTION_END : MHD_OPTION_THREAD_POOL_SIZE, c->threads, NULL},
      {MHD_OPTION_END, 0, NULL}};
  unsigned int flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_ALLOW_UPGRADE |
                       MHD_USE_ERROR_LOG | (c->use_tls ? MHD_USE_TLS : 0) |
                       (c->listen_socket < 0 ? MHD_USE_NO_LISTEN_SOCKET : 0);
  return MHD_start_daemon(
      flags, 0, NULL, NULL, c->on_request, c->context,
      MHD_OPTION_EXTERNAL_LOGGER, &microhttpd_ignore_message, NULL,
      MHD_OPTION_CONNECTION_LIMIT, c->connection_limit,
      MHD_OPTION_CONNECTION_MEMORY_LIMIT, c->connection_memory,
      MHD_OPTION_CONNECTION_TIMEOUT, c->idle_seconds,
      MHD_OPTION_STRICT_FOR_CLIENT, 1,
      MHD_OPTION_SIGPIPE_HANDLED_BY_APP, 1,
      MHD_OPTION_NOTIFY_COMPLETED, c->on_completed, c->context,
      MHD_OPTION_NOTIFY_CONNECTION, c->on_connection, c->context,
      MHD_OPTION_URI_LOG_CALLBACK, c->on_target, c->context,
      MHD_OPTION_ARRAY, listening,
      MHD_OPTION_ARRAY, pool,
      MHD_OPTION_ARRAY, c->use_tls ? tls : plain,
      MHD_OPTION_END);
}

static inline int microhttpd_connection_socket(struct MHD_Connection *connection) {
  const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
  return info ? info->connect_fd : -1;
}

static inline const struct sockaddr *microhttpd_client_address(struct MHD_Connection *connection) {
  const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
  return info ? info->client_addr : NULL;
}

static inline void *microhttpd_socket_context(struct MHD_Connection *connection) {
  const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
  return info ? info->socket_context : NULL;
}

// The gnutls_session_t of a connection over TLS, else NULL.
static inline void *microhttpd_tls_session(struct MHD_Connection *connection) {
  const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_GNUTLS_SESSION);
  return info ? (void *)info->tls_session : NULL;
}

// Gives an upgraded connection back, which closes it and frees the handle.
static inline void microhttpd_close_upgrade(struct MHD_UpgradeResponseHandle *handle) {
  MHD_upgrade_action(handle, MHD_UPGRADE_ACTION_CLOSE);
}
