import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { type AddressInfo, createServer as createSocketServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A server on a free port of 127.0.0.1. */
export interface TestServer {
  readonly url: string;
  readonly host: string;
  readonly port: number;
  close(): Promise<void>;
}

export async function serve(listener: RequestListener): Promise<TestServer> {
  return listen(createServer(listener), 'http');
}

export async function serveSecurely(listener: RequestListener, pem: Certificate): Promise<TestServer> {
  return listen(createSecureServer({ key: pem.key, cert: pem.cert }, listener) as unknown as Server, 'https');
}

/** Speaks whatever the test writes to the socket. */
export async function serveSocket(onSocket: (socket: Socket) => void): Promise<TestServer> {
  const sockets = new Set<Socket>();
  const server = createSocketServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
    onSocket(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    host: `127.0.0.1:${port}`,
    port,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}

async function listen(server: Server, scheme: string): Promise<TestServer> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `${scheme}://127.0.0.1:${port}`,
    host: `127.0.0.1:${port}`,
    port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

export interface Certificate {
  readonly key: string;
  readonly cert: string;
}

/**
 * Makes an authority and a certificate that it has signed; `undefined` where there is no openssl command.
 *
 * @param validity as openssl writes instants: `20200101000000Z`
 */
export function createSignedCertificate(
  subjectAltName: string,
  validity: { readonly from: string; readonly until: string },
): (Certificate & { readonly authority: string }) | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'patchbay-tls-'));
  const at = (name: string) => join(folder, name);
  const run = (...parts: string[]) => execFileSync('openssl', parts, { stdio: 'ignore', cwd: folder });
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  try {
    writeFileSync(at('index.txt'), '');
    writeFileSync(at('authority.cnf'), AUTHORITY);
    run(
      'req',
      '-x509',
      ...key,
      '-keyout',
      'ca.key',
      '-out',
      'ca.pem',
      '-subj',
      '/CN=Test authority',
      '-days',
      '2',
    );
    const name = ['-subj', '/CN=Parcel service', '-addext', `subjectAltName=${subjectAltName}`];
    run('req', ...key, '-keyout', 'key.pem', '-out', 'request.pem', ...name);
    const dates = ['-startdate', validity.from, '-enddate', validity.until];
    const files = ['-cert', 'ca.pem', '-keyfile', 'ca.key', '-in', 'request.pem', '-out', 'cert.pem'];
    run('ca', '-batch', '-notext', '-config', 'authority.cnf', ...files, ...dates);
    const read = (file: string) => readFileSync(at(file), 'utf8');
    return { key: read('key.pem'), cert: read('cert.pem'), authority: read('ca.pem') };
  } catch {
    return undefined;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const AUTHORITY = `[ca]
default_ca = here
[here]
database = index.txt
new_certs_dir = .
rand_serial = yes
default_md = sha256
policy = any
copy_extensions = copy
[any]
commonName = supplied
`;

/** Makes a self-signed certificate with the openssl command; `undefined` where there is none. */
export function createCertificate(
  subjectAltName: string,
  options: readonly string[] = ['-days', '2'],
  keyKind: readonly string[] = ['ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1'],
): Certificate | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'patchbay-tls-'));
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const name = ['-subj', '/CN=test', '-addext', `subjectAltName=${subjectAltName}`];
  const files = ['-keyout', key, '-out', cert];
  try {
    const request = ['req', '-x509', '-newkey', ...keyKind, '-nodes'];
    execFileSync('openssl', [...request, ...files, ...name, ...options], { stdio: 'ignore' });
    return { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') };
  } catch {
    return undefined;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The PKCS #12 file that people export, in base64. */
export function packPfx(
  { key, cert }: Certificate,
  password: string,
  options: readonly string[] = [],
): string {
  const folder = mkdtempSync(join(tmpdir(), 'patchbay-pfx-'));
  try {
    writeFileSync(join(folder, 'key.pem'), key);
    writeFileSync(join(folder, 'cert.pem'), cert);
    const files = ['-inkey', join(folder, 'key.pem'), '-in', join(folder, 'cert.pem')];
    const out = join(folder, 'client.pfx');
    execFileSync(
      'openssl',
      ['pkcs12', '-export', ...files, '-out', out, '-passout', `pass:${password}`, ...options],
      {
        stdio: 'ignore',
      },
    );
    return readFileSync(out).toString('base64');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
