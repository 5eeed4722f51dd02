import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ErrorNotice } from './ErrorNotice.tsx';
import { LoadingRows } from './Loading.tsx';

interface QueryViewProps<Data> {
  readonly query: UseQueryResult<Data>;
  /** What is being read: "connections". */
  readonly what: string;
  readonly loading?: ReactNode;
  readonly children: (data: Data) => ReactNode;
}

/** What a query has: its data, the reason why there is none, or the shape of what will come. */
export function QueryView<Data>({ query, what, loading, children }: QueryViewProps<Data>) {
  if (query.data !== undefined) return <>{children(query.data)}</>;
  if (query.error) {
    return (
      <ErrorNotice
        error={query.error}
        title={`The ${what} could not be read.`}
        onRetry={() => void query.refetch()}
      />
    );
  }
  return <>{loading ?? <LoadingRows label={`Loading ${what}`} />}</>;
}
