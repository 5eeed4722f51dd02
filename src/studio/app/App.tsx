import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { Notifications } from '../components/notifications.tsx';
import { queryClient } from './query-client.ts';
import { router } from './router.tsx';
import { ThemeProvider } from './theme.tsx';

export function App() {
  return (
    <StrictMode>
      <ThemeProvider>
        <QueryClientProvider client={queryClient}>
          <RouterProvider router={router} />
          <Notifications />
        </QueryClientProvider>
      </ThemeProvider>
    </StrictMode>
  );
}
