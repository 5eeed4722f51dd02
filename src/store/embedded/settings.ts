/** Settings of the server by name, as in postgresql.conf. */
export type ServerSettings = Readonly<Record<string, string>>;

/**
 * Written into postgresql.conf when the cluster is made, where an administrator may change them. Durable:
 * fsync, full_page_writes and synchronous_commit stay on, their defaults.
 */
export const DEFAULT_SETTINGS: ServerSettings = {
  max_connections: '100',
  shared_buffers: '256MB',
  // A journal is written all day: checkpoints are made by time, not because the log is full.
  min_wal_size: '256MB',
  max_wal_size: '2GB',
  checkpoint_timeout: '15min',
  // Compiling a statement costs more than our short statements take.
  jit: 'off',
  log_checkpoints: 'off',
  log_timezone: 'UTC',
  timezone: 'UTC',
};

/** Given at every start, so that nothing in the file can open the server to the network. */
export const FIXED_SETTINGS: ServerSettings = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  password_encryption: 'scram-sha-256',
  logging_collector: 'off',
  log_destination: 'stderr',
};
