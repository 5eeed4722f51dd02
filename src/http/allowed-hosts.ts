/** Answers whether an administrator allows a host and port, whatever its address is. */
export type AllowedHosts = (hostname: string, port: string) => boolean;

/**
 * Reads a list of `host` and `host:port` entries as they are typed: case, a scheme in front and a slash behind
 * do not matter; IPv6 addresses stand in brackets when a port follows.
 */
export function readAllowedHosts(entries: readonly string[]): AllowedHosts {
  const hosts = new Set(entries.map(normalizeEntry));
  return (hostname, port) => {
    const host = stripBrackets(hostname.toLowerCase());
    return hosts.has(host) || hosts.has(`${host}:${port}`) || hosts.has(`[${host}]:${port}`);
  };
}

function normalizeEntry(entry: string): string {
  const text = entry
    .trim()
    .toLowerCase()
    .replace(/^https?:\/\//, '')
    .replace(/\/.*$/, '');
  return text.endsWith(']') ? stripBrackets(text) : text;
}

function stripBrackets(host: string): string {
  return host.startsWith('[') && host.endsWith(']') ? host.slice(1, -1) : host;
}
