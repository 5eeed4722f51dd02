import { createTransport } from 'nodemailer';
import { afterEach, expect, test } from 'vitest';
import { type MailCatcher, startMailCatcher } from './mail-catcher.ts';

let catcher: MailCatcher;
afterEach(() => catcher.stop());

test('a mail that is sent can be taken, whichever comes first', async () => {
  catcher = await startMailCatcher();
  const transport = createTransport({ host: '127.0.0.1', port: catcher.port });
  const send = (subject: string) =>
    transport.sendMail({ from: 'a@example.com', to: 'b@example.com', subject, html: '<b>x</b>' });
  await send('first');
  const signal = AbortSignal.timeout(5000);
  expect(await catcher.takeMail(signal)).toMatchObject({
    subject: 'first',
    to: 'b@example.com',
    html: '<b>x</b>',
  });
  const second = catcher.takeMail(signal);
  await send('second');
  expect((await second).subject).toBe('second');
});
