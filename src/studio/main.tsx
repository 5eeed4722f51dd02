import { createRoot } from 'react-dom/client';
import { App } from './app/App.tsx';

const root = document.getElementById('root');
if (root) createRoot(root).render(<App />);

// A page that was open while Patchbay was updated asks for parts that are gone: the new page has new ones.
addEventListener('vite:preloadError', () => location.reload());
