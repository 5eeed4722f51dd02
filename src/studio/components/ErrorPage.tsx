import { ErrorNotice } from './ErrorNotice.tsx';

/** Shown when a page cannot be shown: the server does not answer, or there is a mistake in the studio. */
export function ErrorPage({ error }: { error: unknown }) {
  return (
    <main style={{ padding: 24, maxWidth: 720 }}>
      <ErrorNotice error={error} title="This page cannot be shown." onRetry={() => location.reload()} />
    </main>
  );
}
