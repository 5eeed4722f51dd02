import { createRoot } from 'react-dom/client';
import { App } from './app/App.tsx';
import { beginLoading } from './app/begin-loading.ts';

/**
 * A page that can be drawn so soon is drawn whole. React keeps a placeholder that it has drawn for 300 ms at least, however
 * soon what it stands for is there.
 */
const PLACEHOLDER_AFTER_MS = 400;

const root = document.getElementById('root');
if (root) {
  await Promise.race([beginLoading(), new Promise((resolve) => setTimeout(resolve, PLACEHOLDER_AFTER_MS))]);
  createRoot(root).render(<App />);
}
