import { makeStyles, Text, tokens } from '@fluentui/react-components';
import { DocumentArrowUpRegular } from '@fluentui/react-icons/svg/document-arrow-up';
import { useEffect, useEffectEvent, useState } from 'react';
import { listDroppedFiles } from './pick-files.ts';
import type { PickedFile } from './sources.ts';

const useStyles = makeStyles({
  veil: {
    position: 'fixed',
    inset: '12px',
    zIndex: 1000,
    display: 'grid',
    placeContent: 'center',
    justifyItems: 'center',
    gap: tokens.spacingVerticalM,
    borderRadius: tokens.borderRadiusXLarge,
    border: `3px dashed ${tokens.colorBrandStroke1}`,
    backgroundColor: tokens.colorBrandBackground2,
    pointerEvents: 'none',
  },
  icon: { fontSize: '48px', color: tokens.colorBrandForeground1 },
});

interface PageDropProps {
  onFiles(files: PickedFile[]): void;
  onFailure(error: unknown): void;
}

/** Takes files that are dropped anywhere on the page, and shows that it would. */
export function PageDrop({ onFiles, onFailure }: PageDropProps) {
  const styles = useStyles();
  const [over, setOver] = useState(false);
  const take = useEffectEvent((transfer: DataTransfer) => {
    listDroppedFiles(transfer).then((files) => {
      if (files.length > 0) onFiles(files);
    }, onFailure);
  });
  useEffect(() => {
    const carriesFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') === true;
    const enter = (event: DragEvent) => {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      setOver(true);
    };
    // Leaving one element for another is no leaving of the window.
    const leave = (event: DragEvent) => event.relatedTarget === null && setOver(false);
    const drop = (event: DragEvent) => {
      if (!event.dataTransfer || !carriesFiles(event)) return;
      event.preventDefault();
      setOver(false);
      take(event.dataTransfer);
    };
    window.addEventListener('dragover', enter);
    window.addEventListener('dragleave', leave);
    window.addEventListener('drop', drop);
    return () => {
      window.removeEventListener('dragover', enter);
      window.removeEventListener('dragleave', leave);
      window.removeEventListener('drop', drop);
    };
  }, []);
  if (!over) return null;
  return (
    <div className={styles.veil}>
      <DocumentArrowUpRegular className={styles.icon} aria-hidden />
      <Text size={500} weight="semibold">
        Drop it anywhere
      </Text>
      <Text>A document, a zip, or the folder of a connector</Text>
    </div>
  );
}
