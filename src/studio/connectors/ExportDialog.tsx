import { Field, Radio, RadioGroup, Spinner, Text } from '@fluentui/react-components';
import { useState } from 'react';
import type { Connector } from '../../api/index.ts';
import { ErrorNotice } from '../components/ErrorNotice.tsx';
import { FormDialog } from '../components/FormDialog.tsx';
import { ProblemList } from '../components/ProblemList.tsx';
import { useExportNotes } from '../data/connector-versions.ts';
import { exportUrl } from '../data/connectors.ts';
import { formatCount } from '../format/count.ts';

type Format = (typeof FORMATS)[number][0];

const FORMATS = [
  ['openapi-3.1', 'OpenAPI 3.1'],
  ['openapi-3.0', 'OpenAPI 3.0'],
  ['swagger-2.0', 'Swagger 2.0'],
  ['power-platform', 'Power Platform package (zip)'],
  ['postman', 'Postman collection'],
  ['typescript', 'TypeScript client (one file)'],
] as const;

interface ExportDialogProps {
  readonly connector: Connector;
  readonly version: number;
  onClose(): void;
}

/** Takes a version out in a format of choice, and says beforehand what that format cannot say. */
export function ExportDialog({ connector, version, onClose }: ExportDialogProps) {
  const [format, setFormat] = useState<Format>('openapi-3.1');
  const notes = useExportNotes(connector.id, version, format);
  const download = () => {
    const link = document.createElement('a');
    link.href = exportUrl(connector.id, version, format);
    link.download = '';
    link.click();
    onClose();
  };
  return (
    <FormDialog
      open
      wide
      title={`Export version ${version} of ${connector.title}`}
      action="Download"
      onSubmit={download}
      onClose={onClose}
    >
      <Field label="Format">
        <RadioGroup value={format} onChange={(_, data) => setFormat(data.value as Format)}>
          {FORMATS.map(([value, label]) => (
            <Radio key={value} value={value} label={label} />
          ))}
        </RadioGroup>
      </Field>
      {notes.isPending && <Spinner size="tiny" label="Looking for what is lost" />}
      <ErrorNotice error={notes.error} />
      {notes.data && notes.data.notes.length === 0 && <Text>Nothing is lost in this format.</Text>}
      {notes.data && notes.data.notes.length > 0 && (
        <section aria-label="What this format cannot say">
          <Text weight="semibold" block>
            {formatCount(notes.data.notes.length, 'thing')} this format cannot say
          </Text>
          <ProblemList problems={notes.data.notes} severity="warning" />
        </section>
      )}
    </FormDialog>
  );
}
