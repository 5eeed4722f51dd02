import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** Where `npx vite` sends the studio's calls while you work on it; the server itself serves the built studio. */
const server = process.env.PATCHBAY_URL ?? 'http://127.0.0.1:7300';

const PURE = /\/src\/(?:base|schema|expression|connector|flow|api|client)\//;
const ICONS = /node_modules\/@fluentui\/react-icons\//;
/** What pages are made of; editors and parsers stay on their own. */
const VENDOR = /node_modules\/(?:@fluentui|@griffel|@floating-ui|@tanstack|tabster|keyborg|react|typebox)\//;

export default defineConfig({
  root: 'src/studio',
  plugins: [react()],
  build: {
    outDir: '../../dist/studio',
    emptyOutDir: true,
    target: 'es2023',
    // The editor is one large part that only one page loads, on its own.
    chunkSizeWarningLimit: 4000,
    rolldownOptions: {
      // The pure folders do nothing by being imported: a page takes along only what it uses of them.
      treeshake: { moduleSideEffects: (id) => !PURE.test(id) },
      // What most pages share comes in a few files instead of fifty.
      output: {
        codeSplitting: {
          groups: [
            // Each is a few hundred bytes, and most are on several pages.
            { name: 'icons', test: ICONS, priority: 3 },
            { name: 'vendor', test: VENDOR, minShareCount: 4, priority: 2 },
            { name: 'common', test: /\/src\/(?:studio|api|client|base)\//, minShareCount: 4, priority: 1 },
            // What is known of connectors and flows: the pages on which they are read, changed or tried.
            { name: 'rules', test: /\/src\/(?:schema|expression|connector|flow)\//, minShareCount: 4 },
          ],
        },
      },
    },
  },
  worker: { format: 'es' },
  server: { proxy: { '/api': server, '/hooks': server } },
});
