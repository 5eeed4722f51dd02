import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** Where `npx vite` sends the studio's calls while you work on it; the server itself serves the built studio. */
const server = process.env.PATCHBAY_URL ?? 'http://127.0.0.1:7300';

export default defineConfig({
  root: 'src/studio',
  plugins: [react()],
  build: {
    outDir: '../../dist/studio',
    emptyOutDir: true,
    target: 'es2023',
    // The editor is one large part that only one page loads, on its own.
    chunkSizeWarningLimit: 4000,
  },
  worker: { format: 'es' },
  server: { proxy: { '/api': server, '/hooks': server } },
});
