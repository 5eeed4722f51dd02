import { mergeConfig } from 'vitest/config';
import base from '../vitest.config.ts';

/** `npm run screenshots`: no test, but it needs the same database and browser. */
const { include: _tests, ...shared } = base.test ?? {};
export default mergeConfig(
  { test: shared },
  { test: { include: ['e2e/screenshots.ts'], testTimeout: 120_000 } },
);
