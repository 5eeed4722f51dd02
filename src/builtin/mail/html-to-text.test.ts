import { expect, it } from 'vitest';
import { htmlToText } from './html-to-text.ts';

it('keeps the lines, items and links of a message', () => {
  const html = `<html><head><title>x</title><style>p {}</style></head><body>
    <h1>Your order</h1><p>Dear   Ann &amp; Bob,<br>it&#39;s on its way&hellip;</p>
    <ul><li>One</li><li>Two <b>big</b></li></ul>
    <p><a href="https://track.example/1Z">Track it</a> or write to <a href='mailto:a@b.c'>a@b.c</a>.</p>
    <table><tr><td>1</td><td>Box</td></tr></table><script>alert(1)</script></body></html>`;
  expect(htmlToText(html)).toBe(
    [
      'Your order',
      '',
      'Dear Ann & Bob,',
      "it's on its way…",
      '',
      '- One',
      '- Two big',
      '',
      'Track it (https://track.example/1Z) or write to a@b.c.',
      '',
      '1\tBox',
    ].join('\n'),
  );
});

it('leaves plain text as it is', () => {
  expect(htmlToText('Hello there')).toBe('Hello there');
});

it('does not take long over hostile text', () => {
  const started = performance.now();
  htmlToText('<a href="'.repeat(20_000));
  htmlToText('<script>'.repeat(20_000));
  expect(performance.now() - started).toBeLessThan(5_000);
});
