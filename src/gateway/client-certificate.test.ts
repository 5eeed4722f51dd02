import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Certificate, createCertificate, packPfx } from '../../test/servers.ts';
import type { Json } from '../base/index.ts';
import { createHttpClient, type HttpClient } from '../http/index.ts';
import { sendHttp } from './send-http.ts';

const authority = createCertificate('IP:127.0.0.1');
const client = createCertificate('DNS:client');
const stranger = createCertificate('DNS:stranger');

/** A service that lets in who shows the right certificate, and says what it saw. */
async function serveMutually(own: Certificate, trusted: Certificate, redirectTo?: string) {
  const server = createServer(
    { key: own.key, cert: own.cert, ca: [trusted.cert], requestCert: true, rejectUnauthorized: false },
    (request, response) => {
      const socket = request.socket as TLSSocket;
      if (redirectTo !== undefined) return response.writeHead(302, { location: redirectTo }).end();
      const shown = socket.getPeerCertificate();
      response.writeHead(socket.authorized ? 200 : 403, { 'content-type': 'application/json' });
      response.end(
        JSON.stringify({ shown: Object.keys(shown ?? {}).length > 0, authorized: socket.authorized }),
      );
    },
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    host,
    url: `https://${host}`,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

describe.skipIf(authority === undefined || client === undefined || stranger === undefined)(
  'an Http action with a client certificate',
  () => {
    const own = authority as Certificate;
    let api: Awaited<ReturnType<typeof serveMutually>>;
    let away: Awaited<ReturnType<typeof serveMutually>>;
    let http: HttpClient;

    beforeAll(async () => {
      api = await serveMutually(own, client as Certificate);
      away = await serveMutually(own, client as Certificate, api.url);
      const hosts = [api.host, away.host];
      http = createHttpClient({ allowedHosts: () => hosts, trustedCertificates: [own.cert] });
    });

    afterAll(async () => {
      await http.close();
      await Promise.all([api.close(), away.close()]);
    });

    const send = (authentication: Json, uri = api.url) =>
      sendHttp(http, { method: 'GET', uri, authentication });

    const certificate = (pfx: string, password = 'p@ss') => ({ type: 'ClientCertificate', pfx, password });

    it('shows it, and calls without it or with another one go over connections of their own', async () => {
      const right = packPfx(client as Certificate, 'p@ss');
      const other = packPfx(stranger as Certificate, 'p@ss');
      expect((await send(certificate(right))).outputs?.body).toEqual({ shown: true, authorized: true });
      expect((await send(null)).outputs).toMatchObject({ statusCode: 403, body: { shown: false } });
      expect((await send(certificate(other))).outputs).toMatchObject({
        statusCode: 403,
        body: { shown: true },
      });
      expect((await send(certificate(right))).ok).toBe(true);
    });

    it('does not show it to the host that a redirect leads to', async () => {
      const { outputs } = await send(certificate(packPfx(client as Certificate, 'p@ss')), away.url);
      expect(outputs).toMatchObject({ statusCode: 403, body: { shown: false } });
    });

    it.each([
      [
        'another password',
        () => certificate(packPfx(client as Certificate, 'p@ss'), 'wr0ng'),
        'its password is another one',
      ],
      ['something else', () => certificate('bm90IGEgY2VydGlmaWNhdGU='), 'not a PKCS #12 file'],
      ['no base64', () => certificate('%%%'), 'the PKCS #12 file'],
    ])('says what is wrong with %s, and not what it holds', async (_name, build, part) => {
      const authentication = build();
      const { error } = await send(authentication);
      expect(error?.message).toContain(part);
      expect(JSON.stringify(error)).not.toContain(authentication.password);
      expect(JSON.stringify(error)).not.toContain(authentication.pfx);
      expect(error).toMatchObject({ sent: false });
    });

    it('is refused where nothing protects the connection', async () => {
      const { error } = await send(certificate(packPfx(client as Certificate, 'p@ss')), `http://${api.host}`);
      expect(error?.message).toContain('https://');
    });
  },
);
