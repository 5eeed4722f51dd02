import { Button, Spinner } from '@fluentui/react-components';
import { ArrowDownloadRegular } from '@fluentui/react-icons/svg/arrow-download';
import { ArrowUploadRegular } from '@fluentui/react-icons/svg/arrow-upload';
import { lazy, Suspense, useState } from 'react';
import type { List } from '../../api/index.ts';
import { downloadText } from '../components/download.ts';
import { useNotify } from '../components/notifications.tsx';
import { type ItemsQuery, readAllItems } from '../data/lists.ts';

const ImportCsvDialog = lazy(() =>
  import('./ImportCsvDialog.tsx').then((loaded) => ({ default: loaded.ImportCsvDialog })),
);

interface CsvButtonsProps {
  readonly list: List;
  /** What is shown is what is exported. */
  readonly query: ItemsQuery;
}

/** Rows in and out of a list as CSV. */
export function CsvButtons({ list, query }: CsvButtonsProps) {
  const [importing, setImporting] = useState(false);
  const [isExporting, setExporting] = useState(false);
  const notify = useNotify();
  const save = async () => {
    setExporting(true);
    try {
      const [items, { writeCsv }] = await Promise.all([readAllItems(list.id, query), import('./csv.ts')]);
      downloadText(`${list.name}.csv`, writeCsv(list.columns, items), 'text/csv');
    } catch (error) {
      notify.error('The rows were not exported.', error);
    }
    setExporting(false);
  };
  return (
    <>
      <Button appearance="subtle" icon={<ArrowUploadRegular />} onClick={() => setImporting(true)}>
        Import CSV
      </Button>
      <Button
        appearance="subtle"
        icon={isExporting ? <Spinner size="tiny" /> : <ArrowDownloadRegular />}
        disabledFocusable={isExporting}
        onClick={() => void save()}
      >
        {query.filter === undefined ? 'Export CSV' : 'Export these as CSV'}
      </Button>
      {importing && (
        <Suspense fallback={<Spinner size="tiny" label="Loading" />}>
          <ImportCsvDialog list={list} onClose={() => setImporting(false)} />
        </Suspense>
      )}
    </>
  );
}
