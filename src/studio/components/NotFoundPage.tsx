import { SearchRegular } from '@fluentui/react-icons/svg/search';
import { EmptyState } from './EmptyState.tsx';
import { ButtonLink } from './links.tsx';

export function NotFoundPage() {
  return (
    <main style={{ padding: 24 }}>
      <EmptyState
        icon={<SearchRegular />}
        title="There is no such page"
        actions={
          <ButtonLink to="/connectors" appearance="primary">
            Go to connectors
          </ButtonLink>
        }
      >
        The address may be mistyped, or what it led to was deleted.
      </EmptyState>
    </main>
  );
}
