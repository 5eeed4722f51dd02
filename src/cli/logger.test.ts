import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';

test('what is logged under the name of a secret is not in the log, which leaves standard output alone', () => {
  const script = `
    import { createLogger } from ${JSON.stringify(new URL('./logger.ts', import.meta.url).href)};
    const secrets = { password: 's3cret', 'x-api-key': 's3cret', cookie: 's3cret', authorization: 's3cret' };
    createLogger('info').info({ ...secrets, body: secrets, request: { headers: secrets } }, 'a request');`;
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    encoding: 'utf8',
  });
  expect(stdout).toBe('');
  expect(stderr).toContain('a request');
  expect(stderr).not.toContain('s3cret');
});
