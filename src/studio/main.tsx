import { createRoot } from 'react-dom/client';
import { App } from './app/App.tsx';
import { beginLoading } from './app/begin-loading.ts';

beginLoading();
const root = document.getElementById('root');
if (root) createRoot(root).render(<App />);
