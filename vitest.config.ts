import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: [
      'src/**/*.test.{ts,tsx}',
      'test/**/*.test.ts',
      'e2e/**/*.test.ts',
      'samples/**/*.test.ts',
      'bench/**/*.test.ts',
    ],
    globalSetup: ['test/postgres/global-setup.ts'],
    setupFiles: ['test/postgres/setup-file.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
