import type { AddressInfo } from 'node:net';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { afterEach, describe, expect, it } from 'vitest';
import { type Json, type JsonObject, Secret } from '../../base/index.ts';
import { createMail } from './mail.ts';
import type { MailSettings } from './transport.ts';

interface Caught {
  readonly mail: ParsedMail;
  readonly recipients: readonly string[];
  readonly connection: string;
}

const closing: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** A mail server on a free port that keeps what it is given. */
async function catchMail(options: SMTPServerOptions = {}) {
  const caught: Caught[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    allowInsecureAuth: true,
    disableReverseLookup: true,
    ...options,
    onData(stream, session, callback) {
      simpleParser(stream).then((mail) => {
        const recipients = session.envelope.rcptTo.map(({ address }) => address);
        caught.push({ mail, recipients, connection: session.id });
        callback();
      }, callback);
    },
  });
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => new Promise((resolve) => server.close(() => resolve())));
  const { port } = server.server.address() as AddressInfo;
  return { caught, port };
}

function openMail(port: number, settings: Partial<MailSettings> = {}) {
  const mail = createMail(async () => ({
    host: '127.0.0.1',
    port,
    secure: false,
    from: 'Shop <shop@example.com>',
    ...settings,
  }));
  closing.push(() => mail.close());
  const send = (body: JsonObject, idempotencyKey?: string) =>
    mail.call({
      operationId: 'SendEmailV2',
      parameters: {},
      body,
      environmentId: 'e',
      idempotencyKey,
      location: undefined,
      signal: undefined,
    });
  return { mail, send };
}

const MESSAGE: JsonObject = {
  To: 'ann@example.com',
  Subject: 'Hello',
  Body: '<p>It is <b>on</b> its way</p>',
};

describe('sending', () => {
  it('sends HTML with a plain-text twin to every kind of recipient', async () => {
    const { caught, port } = await catchMail();
    const answer = await openMail(port).send({
      To: 'ann@example.com; "Lee, Bob" <bob@example.com>',
      Cc: 'carl@example.com',
      Bcc: 'dora@example.com',
      ReplyTo: 'help@example.com',
      Subject: 'Your order is on its way ✓',
      Body: '<p>It is <b>on</b> its way</p>',
      Importance: 'High',
      Sensitivity: 'confidential',
      Attachments: [{ Name: 'label.txt', ContentBytes: Buffer.from('1Z999').toString('base64') }],
    });
    expect(answer).toMatchObject({ status: 200, body: null });
    const [{ mail, recipients } = { mail: undefined, recipients: [] }] = caught;
    expect(recipients).toEqual([
      'ann@example.com',
      'bob@example.com',
      'carl@example.com',
      'dora@example.com',
    ]);
    expect(mail?.from?.text).toBe('"Shop" <shop@example.com>');
    expect(mail?.subject).toBe('Your order is on its way ✓');
    expect(mail?.html).toBe('<p>It is <b>on</b> its way</p>');
    expect(mail?.text?.trim()).toBe('It is on its way');
    expect(mail?.replyTo?.text).toBe('help@example.com');
    expect(mail?.headers.get('priority')).toBe('high');
    expect(mail?.headers.get('sensitivity')).toBe('Company-Confidential');
    expect(mail?.headers.has('bcc')).toBe(false);
    expect(mail?.attachments[0]).toMatchObject({ filename: 'label.txt', content: Buffer.from('1Z999') });
  });

  it('derives the Message-ID from the idempotency key', async () => {
    const { caught, port } = await catchMail();
    const { send } = openMail(port);
    await send(MESSAGE, 'run-1/Send');
    await send(MESSAGE, 'run-1/Send');
    await send(MESSAGE, 'run-2/Send');
    const [first, second, third] = caught.map(({ mail }) => mail.messageId);
    expect(first).toMatch(/^<[0-9a-f]{40}@example\.com>$/);
    expect(second).toBe(first);
    expect(third).not.toBe(first);
  });

  it('keeps the connection for the next message', async () => {
    const { caught, port } = await catchMail();
    const { send } = openMail(port);
    await send(MESSAGE);
    await send(MESSAGE);
    expect(new Set(caught.map(({ connection }) => connection)).size).toBe(1);
  });

  it('goes by new settings after they were saved', async () => {
    const [first, second] = [await catchMail(), await catchMail()];
    let port = first.port;
    const mail = createMail(async () => ({ host: '127.0.0.1', port, secure: false, from: 'a@b.c' }));
    closing.push(() => mail.close());
    const call = {
      operationId: 'SendEmailV2',
      parameters: {},
      body: MESSAGE,
      environmentId: 'e',
      idempotencyKey: undefined,
      location: undefined,
      signal: undefined,
    };
    await mail.call(call);
    port = second.port;
    mail.reload();
    await mail.call(call);
    expect([first.caught.length, second.caught.length]).toEqual([1, 1]);
  });

  it('lets no input begin a header of its own', async () => {
    const { caught, port } = await catchMail();
    const { send } = openMail(port);
    await send({ ...MESSAGE, Subject: 'Hello\r\nBcc: eve@example.com\r\n\r\nInjected' });
    expect(caught[0]?.recipients).toEqual(['ann@example.com']);
    expect(caught[0]?.mail.subject).toBe('Hello Bcc: eve@example.com Injected');
    expect(caught[0]?.mail.text?.trim()).toBe('It is on its way');
    for (const To of ['ann@example.com\r\nBcc: eve@example.com', 'Ann\r\nBcc: eve@x.y <ann@example.com>']) {
      expect(await send({ ...MESSAGE, To })).toMatchObject({ status: 400 });
    }
    expect(caught.length).toBe(1);
  });

  it('reads neither files nor URLs that an input names', async () => {
    const { caught, port } = await catchMail();
    await openMail(port).send({ ...MESSAGE, Body: '<img src="file:///etc/passwd">' });
    expect(caught[0]?.mail.attachments).toEqual([]);
  });
});

describe('failures', () => {
  it.each<[Json, string]>([
    [{ ...MESSAGE, To: '' }, 'The message has no recipient: To is empty.'],
    [{ ...MESSAGE, To: 'ann' }, 'To holds “ann”, which is not an email address.'],
    [{ ...MESSAGE, Cc: 'a@b.c, nobody' }, 'Cc holds “nobody”, which is not an email address.'],
    [{ ...MESSAGE, Attachments: [{ Name: 'x' }] }, 'Attachment 1 needs a Name'],
    [{ ...MESSAGE, Attachments: 'x' }, 'Attachments must be a list'],
    [{ ...MESSAGE, Body: { a: 1 } }, 'Body must be text.'],
    ['text', 'There is no message'],
  ])('refuses a message it cannot send: %j', async (body, message) => {
    const { port } = await catchMail();
    const answer = await openMail(port).send(body as JsonObject);
    expect(answer.status).toBe(400);
    expect(answer.problem?.message).toContain(message);
  });

  it('says that the sign-in failed, without the password', async () => {
    const { port } = await catchMail({
      authOptional: false,
      onAuth: (auth, _session, callback) =>
        auth.password === 'right' ? callback(null, { user: 'u' }) : callback(new Error('Invalid login')),
    });
    const right = openMail(port, { user: 'shop', password: new Secret('right') });
    expect((await right.send(MESSAGE)).status).toBe(200);
    const wrong = openMail(port, { user: 'shop', password: new Secret('wrong-pa55word') });
    const answer = await wrong.send(MESSAGE);
    expect(answer).toMatchObject({ status: 401, body: { code: 'MAIL_SIGN_IN_FAILED' } });
    expect(JSON.stringify(answer)).not.toContain('wrong-pa55word');
    expect(answer.problem?.message).toContain('refused the user name or the password');
  });

  it('says which recipient was refused, also when others got the message', async () => {
    const { caught, port } = await catchMail({
      onRcptTo: ({ address }, _session, callback) => {
        const error = Object.assign(new Error('No such user here'), { responseCode: 550 });
        callback(address.startsWith('nobody') ? error : null);
      },
    });
    const { send } = openMail(port);
    const none = await send({ ...MESSAGE, To: 'nobody@example.com' });
    expect(none).toMatchObject({ status: 422, body: { code: 'MAIL_RECIPIENT_REFUSED' } });
    expect(none.problem?.message).toContain('refused nobody@example.com');
    expect(none.problem?.message).toContain('No such user here');
    const some = await send({ ...MESSAGE, To: 'ann@example.com; nobody@example.com' });
    expect(some.problem?.message).toContain('went to ann@example.com, but');
    expect(caught.length).toBe(1);
  });

  it('says that the server asks to try later, that nothing listens, and that nothing is set', async () => {
    const { port } = await catchMail({
      onMailFrom: (_address, _session, callback) =>
        callback(Object.assign(new Error('Greylisted'), { responseCode: 451 })),
    });
    expect(await openMail(port).send(MESSAGE)).toMatchObject({
      status: 503,
      body: { code: 'MAIL_TRY_LATER' },
    });
    const gone = await catchMail();
    await closing.pop()?.();
    const refused = await openMail(gone.port).send(MESSAGE);
    expect(refused).toMatchObject({ status: 502, body: { code: 'MAIL_UNREACHABLE' } });
    expect(refused.problem?.message).toContain('refuses connections');
    const unset = createMail(async () => undefined);
    expect(
      await unset.call({
        operationId: 'CheckServer',
        parameters: {},
        body: undefined,
        environmentId: 'e',
        idempotencyKey: undefined,
        location: undefined,
        signal: undefined,
      }),
    ).toMatchObject({ status: 503, problem: { message: 'No mail server is set.' } });
  });

  it('never sends a password in the clear to another machine', async () => {
    const tried: string[] = [];
    const { caught, port } = await catchMail({
      onAuth: (auth, _session, callback) => {
        tried.push(String(auth.password));
        callback(null, { user: 'u' });
      },
    });
    // An address that reaches this machine and is not known as loopback.
    const { send } = openMail(port, { host: '0.0.0.0', user: 'a', password: new Secret('b') });
    expect(await send(MESSAGE)).toMatchObject({ status: 502, body: { code: 'MAIL_TLS_FAILED' } });
    expect([tried, caught]).toEqual([[], []]);
  });
});
