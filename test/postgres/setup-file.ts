import { afterAll } from 'vitest';
import { runEndings } from './registry.ts';

// Registered before the hooks of the test file, so it runs after them.
afterAll(runEndings);
