import type { Connection } from '../../api/index.ts';
import { useNotify } from '../components/notifications.tsx';
import { useTestConnection } from '../data/connections.ts';

/** Tests a connection and says what that found. */
export function useTestNotice(connection: Connection): { run(): void; readonly isPending: boolean } {
  const test = useTestConnection();
  const notify = useNotify();
  const { name } = connection;
  return {
    isPending: test.isPending,
    run: () =>
      test.mutate(connection.id, {
        onSuccess: ({ status, statusDetail, testedWith }) => {
          if (status === 'connected') {
            const found = statusDetail?.message ?? (testedWith && `${testedWith} answered.`) ?? '';
            return notify.success(`“${name}” works. ${found}`.trim());
          }
          const words = [statusDetail?.message, statusDetail?.fix].filter(Boolean).join(' ');
          notify.error(
            status === 'needs-sign-in' ? `“${name}” needs a sign-in.` : `“${name}” does not work.`,
            new Error(words),
          );
        },
        onError: (error) => notify.error('The connection could not be tested.', error),
      }),
  };
}
